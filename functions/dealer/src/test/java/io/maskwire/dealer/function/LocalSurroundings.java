package io.maskwire.dealer.function;

import io.maskwire.dealer.Tokens;
import io.maskwire.exchange.store.Container;
import io.maskwire.infra.broker.LocalBroker;
import io.maskwire.infra.rights.KafkaRights;
import io.maskwire.infra.store.BlobService;
import io.maskwire.infra.store.BlobServices;
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

  /** The address of {@code models} for the owner. */
  static final String MODELS = "test.models";

  /** Sessions that the dealer keeps ready. */
  static final int STOCK = 3;

  private Path folder = Path.of("");
  private Optional<LocalBroker> running = Optional.empty();
  private Optional<BlobService> store = Optional.empty();

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
      BlobService blobs =
          BlobServices.start(
              choice(), folder.resolve("store"), folder.resolve("store.log"), System.err::println);
      store = Optional.of(blobs);
      blobs
          .addresses(Container.Domain.DEALER)
          .forEach(
              (container, address) ->
                  config.put(
                      "maskwire.store.containers.\"%s\"".formatted(container.container()),
                      address));
      config.put(MODELS, blobs.address(Container.MODELS, "rcl"));
      config.put("maskwire.dealer.gateway-key", issuer("gateway"));
      config.put("maskwire.dealer.owner-key", issuer("owner"));
      config.put("maskwire.dealer.stock", Integer.toString(STOCK));
      config.put("maskwire.dealer.retirement-pause", "PT0.1S");
      config.put("quarkus.log.category.\"org.apache.kafka\".level", "WARN");
      config.put("quarkus.http.test-port", "0");
      config.put(FOLDER, folder.toString());
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Azurite, which knows credentials; files where it cannot be, but never on the build server. */
  private static BlobServices.Choice choice() {
    return "true".equals(System.getenv("CI"))
        ? BlobServices.Choice.AZURITE
        : BlobServices.Choice.AUTOMATIC;
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
    store.ifPresent(BlobService::close);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
