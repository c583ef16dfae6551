package io.maskwire.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.exchange.store.Stores;
import io.maskwire.infra.broker.ServerFromSettings;
import io.maskwire.infra.kept.FreePort;
import io.maskwire.infra.kept.KeptProperties;
import io.maskwire.infra.kept.Secrets;
import io.maskwire.infra.store.AzuriteForTests;
import io.maskwire.infra.store.BlobService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The setup at a broker that runs with the compose file's own settings, and at Azurite. */
class ComposeSetupTest {
  @TempDir private Path folder;

  @Test
  void run_onceAndAgain_givesEachFunctionItsDomainsAccessAlone() throws Exception {
    Optional<BlobService> azurite = AzuriteForTests.start(folder.resolve("store"));
    Assumptions.assumeTrue(azurite.isPresent());
    KeptProperties kept =
        KeptProperties.in(folder.resolve("store").resolve("azurite").resolve("azurite.properties"));
    Map<String, String> secrets = new HashMap<>(Map.of("KAFKA_ADMIN", Secrets.password()));
    for (Domain domain : Domain.values()) {
      String name = domain.account().toUpperCase(java.util.Locale.ROOT);
      secrets.put("KAFKA_" + name, Secrets.password());
      secrets.put("STORE_" + name, kept.get("key." + domain.account(), () -> ""));
    }
    int port = FreePort.choose();
    String store = "http://127.0.0.1:" + kept.port("port");
    ComposeAddresses addresses = new ComposeAddresses("127.0.0.1:" + port, store, store);
    try (BlobService _ = azurite.orElseThrow();
        ServerFromSettings _ = ServerFromSettings.start(brokerSettings(secrets, port))) {
      ComposeSetup setup = new ComposeSetup(addresses, secrets, folder.resolve("out"));
      setup.run();
      setup.run();

      assertThat(files("dealer"))
          .containsExactlyInAnyOrder("application.properties", "gateway.pub", "owner.pub");
      assertThat(files("party0"))
          .containsExactlyInAnyOrder(
              "application.properties", "party0.key", "party0.pem", "party1.pem");
      Properties dealer = settings("dealer");
      assertThat(topics(dealer)).contains("keys-ready", "sessions").doesNotContain("inputs");
      assertThat(container(dealer, Container.MASKS).list("")).isEmpty();
      assertThat(dealer.stringPropertyNames()).noneMatch(name -> name.contains("\"inputs\""));
      BlobContainer deniedToRead = container(dealer, Container.KEYS_PARTY0);
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> deniedToRead.list("")))
          .isInstanceOf(StoreException.class);
      assertThat(settings("gateway").getProperty("maskwire.gateway.dealer-url"))
          .isEqualTo("http://127.0.0.1:8083");
      assertThat(settings("gateway"))
          .containsEntry("maskwire.sign-in.mode", "${MASKWIRE_SIGN_IN_MODE:development}")
          .containsEntry("maskwire.sign-in.development-beyond-loopback", "true");
      assertThat(settings("gateway").getProperty("maskwire.gateway.functions.\"party1\""))
          .isEqualTo("http://party1:8080");
      assertThat(settings("compiler").getProperty("maskwire.compiler.dealer-url"))
          .isEqualTo("http://dealer:8080");
    }
  }

  @Test
  void run_withoutSecrets_saysWhatIsMissing() {
    ComposeSetup setup = new ComposeSetup(ComposeAddresses.ofTheFile(), Map.of(), folder);

    assertThatIllegalArgumentException()
        .isThrownBy(setup::run)
        .withMessageContaining("set KAFKA_ADMIN");
  }

  private Properties brokerSettings(Map<String, String> secrets, int port) throws IOException {
    Properties settings = ComposeFile.read().brokerSettings(secrets);
    String controller = "127.0.0.1:" + FreePort.choose();
    settings.replaceAll(
        (_, value) ->
            value
                .toString()
                .replace("127.0.0.1:9093", controller)
                .replaceAll("(0\\.0\\.0\\.0|broker):9092", "127.0.0.1:" + port));
    settings.setProperty("log.dirs", folder.resolve("broker").toString());
    return settings;
  }

  private Set<String> files(String instance) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("out").resolve(instance))) {
      return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private Properties settings(String instance) throws IOException {
    Properties settings = new Properties();
    Path file = folder.resolve("out").resolve(instance).resolve("application.properties");
    try (InputStream in = Files.newInputStream(file)) {
      settings.load(in);
    }
    return settings;
  }

  private static Set<String> topics(Properties settings) throws Exception {
    Map<String, Object> client = new HashMap<>();
    for (String name :
        List.of("bootstrap.servers", "security.protocol", "sasl.mechanism", "sasl.jaas.config")) {
      client.put(name, settings.getProperty("kafka." + name));
    }
    try (Admin admin = Admin.create(client)) {
      return admin.listTopics().names().get();
    }
  }

  private static BlobContainer container(Properties settings, Container container) {
    return Stores.open(
        settings.getProperty("maskwire.store.containers.\"%s\"".formatted(container.container())));
  }
}
