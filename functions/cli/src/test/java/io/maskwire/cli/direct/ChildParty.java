package io.maskwire.cli.direct;

import io.maskwire.crypto.execution.Channel;
import java.nio.file.Path;
import java.util.Optional;

/** Party 1 in a process of its own: exchanges one message, then does as its second word says. */
final class ChildParty {
  private ChildParty() {}

  /**
   * Arguments: port, {@code wait} or {@code stall}, certificate, key, authority, program, session.
   */
  public static void main(String[] arguments) throws InterruptedException {
    TlsIdentity identity =
        TlsIdentity.fromPem(Path.of(arguments[2]), Path.of(arguments[3]), Path.of(arguments[4]));
    DirectEndpoint endpoint =
        new DirectEndpoint(
            identity,
            Optional.of("party-0"),
            new SessionBinding(1, arguments[5], arguments[6]),
            DirectLimits.DEFAULTS,
            System.err::println);
    try (Channel channel =
        new DirectConnector(endpoint)
            .connect(new HostPort("127.0.0.1", Integer.parseInt(arguments[0])))) {
      channel.exchange(new byte[] {1});
      if (arguments[1].equals("wait")) {
        channel.receive();
      } else {
        Thread.currentThread().join();
      }
    }
  }
}
