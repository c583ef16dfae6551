package io.maskwire.compiler.function;

import io.maskwire.exchange.seal.SealKeys;
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
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** What a compiler runs in: the real broker, its containers, the owner's key, and a dealer. */
public final class LocalSurroundings implements QuarkusTestResourceLifecycleManager {
  /** Tells tests where all of it is. */
  public static final String FOLDER = "test.folder";

  /** Versions of a model that stay published. */
  public static final int KEEP = 2;

  private final FakeDealer dealer = new FakeDealer();
  private Optional<LocalBroker> running = Optional.empty();
  private Optional<BlobService> store = Optional.empty();
  private Path folder = Path.of("");

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("compiler-test-");
      LocalBroker broker = LocalBroker.start(folder.resolve("broker"));
      running = Optional.of(broker);
      try (Admin admin = broker.admin()) {
        KafkaRights.apply(admin);
      }
      Map<String, String> config = new HashMap<>(broker.functionProperties(Container.Domain.OWNER));
      BlobService blobs =
          BlobServices.start(
              choice(), folder.resolve("store"), folder.resolve("store.log"), System.err::println);
      store = Optional.of(blobs);
      blobs
          .addresses(Container.Domain.OWNER)
          .forEach(
              (container, address) ->
                  config.put(
                      "maskwire.store.containers.\"%s\"".formatted(container.container()),
                      address));
      config.put("maskwire.compiler.owner-key", ownerKey().toString());
      config.put("maskwire.compiler.dealer-url", dealer.address().toString());
      config.put("maskwire.compiler.keep-versions", Integer.toString(KEEP));
      config.put("quarkus.http.limits.max-body-size", "2M");
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

  private Path ownerKey() throws IOException {
    byte[] key = SealKeys.generate(new SecureRandom()).getPrivate().getEncoded();
    return Files.writeString(
        folder.resolve("owner.pem"),
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(key)));
  }

  @Override
  public void stop() {
    running.ifPresent(LocalBroker::close);
    store.ifPresent(BlobService::close);
    dealer.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
