/**
 * The party as a Quarkus application: {@link io.maskwire.party.EventConsumer} takes events, {@link
 * io.maskwire.party.PartyBeans} builds the plain classes that do the work, {@link
 * io.maskwire.party.PartyConfig} says what can be set.
 */
@NullMarked
package io.maskwire.party;

import org.jspecify.annotations.NullMarked;
