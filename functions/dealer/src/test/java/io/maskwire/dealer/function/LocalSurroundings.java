package io.maskwire.dealer.function;

import io.maskwire.dealer.Tokens;
import io.maskwire.exchange.store.Container;
import io.maskwire.infra.broker.LocalBroker;
import io.maskwire.infra.rights.KafkaRights;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** What a dealer runs in: the real broker, its containers, the public keys of gateway and owner. */
public final class LocalSurroundings implements QuarkusTestResourceLifecycleManager {
  /** Tells tests where all of it is. */
  static final String FOLDER = "test.folder";

  /** Sessions that the dealer keeps ready. */
  static final int STOCK = 3;

  private Path folder = Path.of("");
  private Optional<LocalBroker> running = Optional.empty();

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("dealer-test-");
      LocalBroker broker = LocalBroker.start(folder.resolve("broker"));
      running = Optional.of(broker);
      try (Admin admin = broker.admin()) {
        KafkaRights.apply(admin);
      }
      Map<String, String> config =
          new HashMap<>(broker.functionProperties(Container.Domain.DEALER));
      for (Container container : Container.values()) {
        config.put(
            "maskwire.store.containers.\"%s\"".formatted(container.container()),
            Files.createDirectories(folder.resolve(container.container())).toUri().toString());
      }
      config.put("maskwire.dealer.gateway-key", issuer("gateway"));
      config.put("maskwire.dealer.owner-key", issuer("owner"));
      config.put("maskwire.dealer.stock", Integer.toString(STOCK));
      config.put("quarkus.log.category.\"org.apache.kafka\".level", "WARN");
      config.put("quarkus.http.test-port", "0");
      config.put(FOLDER, folder.toString());
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An issuer's key pair: the public half for the dealer, the private one for the tests. */
  private String issuer(String name) throws IOException {
    Tokens tokens = new Tokens();
    Files.writeString(
        folder.resolve(name + ".key"),
        Base64.getEncoder().encodeToString(tokens.key.getPrivate().getEncoded()));
    return Files.writeString(folder.resolve(name + ".pem"), tokens.pem()).toString();
  }

  @Override
  public void stop() {
    running.ifPresent(LocalBroker::close);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
