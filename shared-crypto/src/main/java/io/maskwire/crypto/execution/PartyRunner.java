package io.maskwire.crypto.execution;

import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.RoundMessage;
import java.util.function.IntConsumer;

/** Runs a party's session over a channel from the masked input to its result share. */
public final class PartyRunner {
  private PartyRunner() {}

  /**
   * All rounds.
   *
   * @param progress receives the number of each round that is over, from 0
   * @return this party's result share
   */
  public static RoundMessage run(
      PartySession session, MaskedInput input, Channel channel, IntConsumer progress) {
    RoundMessage message = session.begin(input);
    while (!session.finished()) {
      byte[] answer =
          channel.exchange(message.encode(), RoundMessage.OVERHEAD + message.payload().length);
      progress.accept(message.round());
      message = session.advance(RoundMessage.decode(answer));
    }
    return message;
  }
}
