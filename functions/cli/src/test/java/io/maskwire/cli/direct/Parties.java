package io.maskwire.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.ChannelException;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.function.Executable;

/** Two parties on the loopback address, and those who would like to be one. */
final class Parties {
  static final String PROGRAM = "ab".repeat(SessionBinding.PROGRAM_ID_BYTES);
  static final String SESSION = "cd".repeat(SessionBinding.SESSION_ID_BYTES);
  static final DirectLimits LIMITS =
      new DirectLimits(
          Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(20), 1L << 32);

  /** Generated once for all test classes of a JVM: keytool takes a second for each. */
  static final TestCertificates AUTHORITY = authority("authority");

  /** Another organisation's. */
  static final TestCertificates OTHER_AUTHORITY = authority("other");

  /** Has the trusted authority's name, but not its key. */
  static final TestCertificates FORGED_AUTHORITY = authority("authority");

  static final TestCertificates.Pem ZERO = AUTHORITY.party("party-0");
  static final TestCertificates.Pem ONE = AUTHORITY.party("party-1");

  private Parties() {}

  private static TestCertificates authority(String name) {
    try {
      Path directory = Files.createTempDirectory("maskwire-" + name);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      return TestCertificates.in(directory, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TlsIdentity identity(TestCertificates.Pem pem) {
    return TlsIdentity.fromPem(pem.certificate(), pem.key(), pem.authority());
  }

  /** A party whose settings a test varies one at a time. */
  record Party(
      TlsIdentity identity,
      Optional<String> peerName,
      SessionBinding binding,
      DirectLimits limits) {
    static Party of(TestCertificates.Pem pem, int role) {
      return new Party(
          Parties.identity(pem),
          Optional.empty(),
          new SessionBinding(role, PROGRAM, SESSION),
          LIMITS);
    }

    Party expecting(String name) {
      return new Party(identity, Optional.of(name), binding, limits);
    }

    Party binding(SessionBinding other) {
      return new Party(identity, peerName, other, limits);
    }

    Party limits(DirectLimits other) {
      return new Party(identity, peerName, binding, other);
    }

    DirectEndpoint endpoint(BlockingQueue<String> log) {
      return new DirectEndpoint(identity, peerName, binding, limits, log::add);
    }
  }

  static Party zero() {
    return Party.of(ZERO, 0);
  }

  static Party one() {
    return Party.of(ONE, 1);
  }

  /** A listener that waits in the background, and what it reported. */
  static final class Waiting implements AutoCloseable {
    final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    final DirectListener listener;
    final CompletableFuture<Channel> accepted;

    Waiting(Party party) {
      listener = DirectListener.open(new HostPort("127.0.0.1", 0), party.endpoint(log));
      accepted = CompletableFuture.supplyAsync(listener::accept);
    }

    HostPort address() {
      return new HostPort("127.0.0.1", listener.port());
    }

    /** A connection that has not said anything. */
    Socket plainConnection() throws IOException {
      return new Socket(InetAddress.ofLiteral("127.0.0.1"), listener.port());
    }

    String nextLine() throws InterruptedException {
      String line = log.poll(10, TimeUnit.SECONDS);
      assertThat(line).as("a line in the log").isNotNull();
      return line;
    }

    Channel connect(Party party) {
      return new DirectConnector(party.endpoint(new LinkedBlockingQueue<>())).connect(address());
    }

    /** Shows that the listener still takes the right peer. */
    void acceptsStill(Party party) {
      try (Channel one = connect(party);
          Channel zero = result(accepted)) {
        one.send(new byte[] {42});
        assertThat(zero.receive()).containsExactly(42);
      }
    }

    @Override
    public void close() {
      listener.close();
    }
  }

  /** Both ends of an agreed connection. */
  record Linked(Channel zero, Channel one) implements AutoCloseable {
    static Linked of(Party zero, Party one) {
      try (Waiting waiting = new Waiting(zero)) {
        Channel connected = waiting.connect(one);
        return new Linked(result(waiting.accepted), connected);
      }
    }

    @Override
    public void close() {
      zero.close();
      one.close();
    }
  }

  /** Ends a resource before the test does, as the step under test. */
  static void closeNow(Closeable resource) throws IOException {
    resource.close();
  }

  /** What a background task yields; its failure as the task threw it. */
  static <T> T result(CompletableFuture<T> future) {
    try {
      return future.orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ChannelException failure) {
        throw failure;
      }
      throw e;
    }
  }

  static <T> CompletableFuture<T> inBackground(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task);
  }

  static void assertFails(Executable call, ErrorCode code, String... messages) {
    ChannelException failure =
        org.junit.jupiter.api.Assertions.assertThrows(ChannelException.class, call);
    for (String message : messages) {
      assertThat(failure).hasMessageContaining(message);
    }
    assertThat(failure.errorCode()).as(failure.getMessage()).isEqualTo(code);
  }
}
