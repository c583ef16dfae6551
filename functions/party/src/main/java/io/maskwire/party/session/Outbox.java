package io.maskwire.party.session;

/** The way to the broker. */
@FunctionalInterface
public interface Outbox {
  /**
   * Sends an event and returns when the broker has it for good.
   *
   * @throws RuntimeException if it has not, or it is not known; sending again is harmless
   */
  void send(OutgoingEvent event);
}
