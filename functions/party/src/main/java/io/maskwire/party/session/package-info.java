/**
 * Sessions, event by event. {@link io.maskwire.party.session.SessionEngine} is the entry; {@link
 * io.maskwire.party.session.SessionLog} is what a session durably is; {@link
 * io.maskwire.party.session.WarmSessions} and {@link io.maskwire.party.session.Computation} are
 * what may be lost at any time. What goes out goes by {@link io.maskwire.party.session.Courier}.
 */
@NullMarked
package io.maskwire.party.session;

import org.jspecify.annotations.NullMarked;
