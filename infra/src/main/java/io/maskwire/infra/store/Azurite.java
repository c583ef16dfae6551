package io.maskwire.infra.store;

import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.kept.FreePort;
import io.maskwire.infra.kept.KeptProperties;
import io.maskwire.infra.kept.PrivateFiles;
import io.maskwire.infra.kept.Secrets;
import io.maskwire.infra.process.ProcessPlan;
import io.maskwire.infra.process.ReadyCheck;
import io.maskwire.infra.process.SupervisedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Azurite, Microsoft's emulator of Azure Blob Storage, as a process with one account per trust
 * domain. The folder keeps blobs, port and account keys.
 */
public final class Azurite implements BlobService {
  private static final String HOST = "127.0.0.1";
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

  private final int port;
  private final SupervisedProcess process;
  private final AzuriteAccounts accounts;

  private Azurite(int port, Map<Domain, String> keys, SupervisedProcess process) {
    this.port = port;
    this.process = process;
    accounts = new AzuriteAccounts("http://%s:%d".formatted(HOST, port), keys);
  }

  /**
   * Starts Azurite, whose data are in {@code folder}, and creates the containers that are not
   * there.
   *
   * @param log where its output goes
   * @param reports told when it died and is started again
   */
  public static Azurite start(
      AzuriteInstallation installation, Path folder, Path log, Consumer<String> reports) {
    Path data = PrivateFiles.folder(folder);
    KeptProperties kept = KeptProperties.in(data.resolve("azurite.properties"));
    int port = kept.port("port");
    if (!FreePort.isFree(port)) {
      throw new IllegalStateException(
          "port %d of the blob store in %s is in use: stop what listens there"
              .formatted(port, data));
    }
    Map<Domain, String> keys = new EnumMap<>(Domain.class);
    for (Domain domain : Domain.values()) {
      keys.put(domain, kept.get("key." + domain.account(), Secrets::accountKey));
    }
    SupervisedProcess process =
        SupervisedProcess.start(plan(installation, data, port, keys, log), reports);
    try {
      Azurite azurite = new Azurite(port, keys, process);
      azurite.accounts.createContainers();
      return azurite;
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static ProcessPlan plan(
      AzuriteInstallation installation, Path data, int port, Map<Domain, String> keys, Path log) {
    List<String> accounts = new ArrayList<>();
    keys.forEach((domain, key) -> accounts.add(domain.account() + ":" + key));
    List<String> command =
        List.of(
            installation.node().toString(),
            installation.script().toString(),
            "--blobHost",
            HOST,
            "--blobPort",
            Integer.toString(port),
            "--location",
            PrivateFiles.folder(data.resolve("blobs")).toString(),
            "--silent",
            "--skipApiVersionCheck",
            "--disableProductStyleUrl",
            "--disableTelemetry");
    return new ProcessPlan(
        "azurite",
        command,
        Map.of("AZURITE_ACCOUNTS", String.join(";", accounts)),
        log,
        ReadyCheck.port(port),
        START_TIMEOUT);
  }

  @Override
  public String description() {
    return "Azurite at http://%s:%d".formatted(HOST, port);
  }

  @Override
  public String address(Container container, String letters) {
    return accounts.address(container, letters);
  }

  @Override
  public Optional<ProcessHandle> process() {
    return Optional.of(process.handle());
  }

  @Override
  public void close() {
    process.close();
  }
}
