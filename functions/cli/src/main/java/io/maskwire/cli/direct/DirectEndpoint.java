package io.maskwire.cli.direct;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * This party, as both the listener and the connector need it.
 *
 * @param identity its certificate and whom it trusts
 * @param peerName the common name or a DNS name that the peer's certificate must carry; if absent,
 *     any peer that the authority vouches for will do, and a connector checks the host name
 * @param binding what the connection is for
 * @param limits waits and sizes
 * @param log takes a line about everything that an operator may want to know; any thread calls it
 */
public record DirectEndpoint(
    TlsIdentity identity,
    Optional<String> peerName,
    SessionBinding binding,
    DirectLimits limits,
    Consumer<String> log) {
  public DirectEndpoint {
    if (peerName.isPresent() && peerName.get().isBlank()) {
      throw new IllegalArgumentException("the peer name is blank");
    }
  }

  /** Reports one line; names from a stranger's certificate cannot forge further ones. */
  void report(String line) {
    log.accept(line.replaceAll("\\p{Cntrl}", "?"));
  }
}
