package io.maskwire.gateway.rest;

import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.gateway.operations.FakeFunctions;
import io.maskwire.infra.broker.LocalBroker;
import io.maskwire.infra.rights.KafkaRights;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * A broker with its rights, a store of files, keys and certificates: what the application needs.
 */
public final class LocalGateway implements QuarkusTestResourceLifecycleManager {
  private @Nullable LocalBroker broker;
  private @Nullable Path folder;
  private final FakeFunctions fakes = new FakeFunctions();

  @Override
  public Map<String, String> start() {
    try {
      Path root = Files.createTempDirectory("gateway-test");
      folder = root;
      LocalBroker started = LocalBroker.start(root.resolve("broker"));
      broker = started;
      try (Admin admin = started.admin()) {
        KafkaRights.apply(admin);
      }
      Map<String, String> config = new HashMap<>(started.functionProperties(Domain.USER));
      for (Domain domain : Domain.values()) {
        started
            .clientProperties(domain)
            .forEach((name, value) -> config.put("test." + domain.account() + "." + name, value));
      }
      config.put("test.folder", root.toString());
      for (Container container : Container.values()) {
        config.put(
            "maskwire.store.containers." + container.container(),
            root.resolve("store").resolve(container.container()).toUri().toString());
      }
      config.put("maskwire.gateway.signing-key", signingKey(root).toString());
      config.put("maskwire.gateway.party-certificates[0]", certificate(root, "party0").toString());
      config.put("maskwire.gateway.party-certificates[1]", certificate(root, "party1").toString());
      config.put("maskwire.gateway.dealer-url", "https://dealer.example/");
      config.put("maskwire.gateway.owner-url", "https://owner.example");
      config.put("maskwire.gateway.functions.dealer", fakes.up().toString());
      config.put("maskwire.gateway.functions.\"party0-2\"", fakes.degraded().toString());
      config.put("maskwire.gateway.heartbeat-interval", "1s");
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path signingKey(Path root) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      String encoded =
          Base64.getMimeEncoder()
              .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
      return Files.writeString(
          root.resolve("signing-key.pem"),
          "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n".formatted(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path certificate(Path root, String name) throws IOException {
    String store = root.resolve(name + ".p12").toString();
    keytool(
        "-genkeypair",
        store,
        List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name));
    Path pem = root.resolve(name + ".pem");
    keytool("-exportcert", store, List.of("-rfc", "-file", pem.toString()));
    return pem;
  }

  private static void keytool(String command, String store, List<String> more) throws IOException {
    Stream<String> common =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            command,
            "-keystore",
            store,
            "-storepass",
            "test-only",
            "-alias",
            "key");
    Process process =
        new ProcessBuilder(Stream.concat(common, more.stream()).toList())
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(output);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void stop() {
    fakes.close();
    if (broker != null) {
      broker.close();
    }
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
