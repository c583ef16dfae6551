/**
 * From records of the broker to the engine: {@link io.maskwire.party.intake.Intake} decides what
 * becomes of each, {@link io.maskwire.party.intake.SessionQueues} in which order.
 */
@NullMarked
package io.maskwire.party.intake;

import org.jspecify.annotations.NullMarked;
