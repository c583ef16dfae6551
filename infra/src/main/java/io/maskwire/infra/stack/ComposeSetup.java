package io.maskwire.infra.stack;

import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.broker.BrokerLogin;
import io.maskwire.infra.kept.PrivateFiles;
import io.maskwire.infra.rights.ContainerRights;
import io.maskwire.infra.rights.KafkaRights;
import io.maskwire.infra.store.AzuriteAccounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * What the services of {@code infra/compose.yaml} need before they start: topics and rights at the
 * broker, containers at the store, and a folder for each function, with its settings and keys and
 * nothing of other domains. Doing it again changes nothing but the signatures' age.
 */
final class ComposeSetup {
  private static final String ADMIN = "admin";

  private final ComposeAddresses addresses;
  private final Map<String, String> environment;
  private final Path out;

  /**
   * A setup of the services at {@code addresses}.
   *
   * @param environment of this process: {@code KAFKA_NAME} is the broker's password and {@code
   *     STORE_NAME} the store's key of each domain; the broker has an {@code ADMIN} too
   * @param out where the folders are made
   */
  ComposeSetup(ComposeAddresses addresses, Map<String, String> environment, Path out) {
    this.addresses = addresses;
    this.environment = Map.copyOf(environment);
    this.out = out;
  }

  void run() {
    try (Admin admin = Admin.create(new HashMap<>(login(ADMIN).clientProperties()))) {
      KafkaRights.apply(admin);
    }
    Map<Domain, String> storeKeys = new EnumMap<>(Domain.class);
    for (Domain domain : Domain.values()) {
      storeKeys.put(domain, secret("STORE_", domain.account()));
    }
    AzuriteAccounts store = new AzuriteAccounts(addresses.store(), storeKeys);
    store.createContainers();
    StackKeys keys = StackKeys.in(out.resolve("keys"));
    List<FunctionInstance> instances = FunctionInstance.all(1);
    FunctionSettings settings =
        new FunctionSettings(
            new FunctionSettings.DomainAccess(
                domain -> login(domain.account()).functionProperties(),
                domain -> ContainerRights.addresses(domain, store::address)),
            new StackKeys(ComposeAddresses.SETTINGS),
            addresses,
            instances,
            StackOptions.DEFAULT_STOCK);
    for (FunctionInstance instance : instances) {
      Path folder = PrivateFiles.folder(out.resolve(instance.name()));
      settings.write(instance, folder.resolve("application.properties"));
      files(instance, keys).forEach(file -> copy(file, folder));
    }
    AzuriteAccounts published = new AzuriteAccounts(addresses.publicStore(), storeKeys);
    new StackFile(PrivateFiles.folder(out.resolve("owner")))
        .write(
            Map.of(
                FunctionInstance.GATEWAY,
                addresses.publicUrl(FunctionInstance.GATEWAY),
                FunctionInstance.COMPILER,
                addresses.publicUrl(FunctionInstance.COMPILER),
                FunctionInstance.DEALER,
                addresses.publicUrl(FunctionInstance.DEALER),
                "onnx",
                ContainerRights.addresses(Domain.OWNER, published::address)
                    .getOrDefault(Container.ONNX, "")),
            Map.of());
  }

  private String secret(String kind, String name) {
    String variable = kind + name.toUpperCase(java.util.Locale.ROOT);
    String value = environment.get(variable);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("set " + variable + ": infra/compose-secrets makes one");
    }
    return value;
  }

  private BrokerLogin login(String principal) {
    return new BrokerLogin(addresses.broker(), principal, secret("KAFKA_", principal));
  }

  private static List<Path> files(FunctionInstance instance, StackKeys keys) {
    return switch (instance.function()) {
      case FunctionInstance.PARTY ->
          List.of(
              keys.partyKey(instance.party()), keys.partyCertificate(0), keys.partyCertificate(1));
      case FunctionInstance.GATEWAY ->
          List.of(keys.gatewayPrivateKey(), keys.partyCertificate(0), keys.partyCertificate(1));
      case FunctionInstance.DEALER -> List.of(keys.gatewayPublicKey(), keys.ownerPublicKey());
      case FunctionInstance.COMPILER -> List.of(keys.ownerPrivateKey());
      default -> throw new IllegalArgumentException("no function: " + instance);
    };
  }

  private static void copy(Path file, Path folder) {
    try {
      PrivateFiles.write(folder.resolve(file.getFileName()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
