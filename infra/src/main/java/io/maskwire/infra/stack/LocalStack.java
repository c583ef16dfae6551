package io.maskwire.infra.stack;

import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.broker.BrokerAccess;
import io.maskwire.infra.kept.PrivateFiles;
import io.maskwire.infra.process.SupervisedProcess;
import io.maskwire.infra.rights.KafkaRights;
import io.maskwire.infra.store.BlobService;
import io.maskwire.infra.store.BlobServices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * The system on this machine: a broker, a blob store, and the functions of three trust domains,
 * each with credentials of its own domain alone. Everything is kept in one folder; a second start
 * goes on where the first was stopped, or killed.
 */
public final class LocalStack implements AutoCloseable {
  private final StackOptions options;
  private final Consumer<String> reports;
  private final StackLock lock;
  private final StackFile file;
  private final StackKeys keys;
  private final StackPorts ports;
  private final StackPrograms programs;
  private final BrokerAccess broker;
  private final List<FunctionInstance> instances;

  /** In the order in which they are stopped. */
  private final List<SupervisedProcess> functions = new ArrayList<>();

  private Optional<SupervisedProcess> brokerProcess = Optional.empty();
  private Optional<BlobService> store = Optional.empty();
  private boolean closed;

  private LocalStack(StackOptions options, Consumer<String> reports, StackLock lock) {
    this.options = options;
    this.reports = reports;
    this.lock = lock;
    file = new StackFile(options.data());
    keys = StackKeys.in(options.data().resolve("keys"));
    ports = new StackPorts(options.data(), options.port());
    programs =
        new StackPrograms(options.home(), options.data().resolve("logs"), options.training());
    broker = BrokerAccess.in(brokerFolder());
    instances = FunctionInstance.all(options.parties());
  }

  /**
   * Takes the data folder; nothing runs yet.
   *
   * @param reports told what is worth knowing: installations, processes that died
   * @throws IllegalStateException if another stack runs on it
   */
  public static LocalStack open(StackOptions options, Consumer<String> reports) {
    PrivateFiles.folder(options.data());
    StackLock lock = StackLock.take(options.data());
    try {
      return new LocalStack(options, reports, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private Path brokerFolder() {
    return PrivateFiles.folder(options.data().resolve("broker"));
  }

  /**
   * Starts everything, and returns when all of it is ready.
   *
   * @throws IllegalStateException saying what could not start; {@link #close} stops the rest
   */
  public void start() {
    file.endLeftovers();
    for (FunctionInstance instance : instances) {
      programs.jar(instance);
      ports.requireFree(instance);
    }
    SupervisedProcess started =
        keep(SupervisedProcess.launch(programs.broker(broker, brokerFolder()), this::report));
    startStore();
    started.awaitReady();
    try (Admin admin = broker.admin()) {
      KafkaRights.apply(admin);
    }
    startFunctions();
    writeFile();
  }

  private synchronized SupervisedProcess keep(SupervisedProcess process) {
    brokerProcess = Optional.of(process);
    stopIfClosed();
    return process;
  }

  private void startStore() {
    BlobService started =
        BlobServices.start(
            options.store(), options.data().resolve("store"), programs.log("store"), this::report);
    synchronized (this) {
      store = Optional.of(started);
      stopIfClosed();
    }
    writeFile();
  }

  private void startFunctions() {
    FunctionSettings settings =
        new FunctionSettings(
            new FunctionSettings.DomainAccess(broker::functionProperties, store()::addresses),
            keys,
            ports,
            instances,
            options.stock());
    for (FunctionInstance instance : instances) {
      Path properties =
          options.data().resolve("functions").resolve(instance.name() + ".properties");
      settings.write(instance, properties);
      SupervisedProcess process =
          SupervisedProcess.launch(
              programs.function(instance, properties, ports.url(instance.name())), this::report);
      synchronized (this) {
        functions.add(process);
        stopIfClosed();
      }
    }
    writeFile();
    for (SupervisedProcess process : List.copyOf(functions)) {
      process.awaitReady();
    }
  }

  /** Closed while it started: whatever was started in between is stopped too. */
  private void stopIfClosed() {
    if (closed) {
      stopAll();
      throw new IllegalStateException("stopped while it started");
    }
  }

  private BlobService store() {
    return store.orElseThrow(() -> new IllegalStateException("the stack has not started"));
  }

  private void report(String message) {
    writeFile();
    reports.accept(message);
  }

  private synchronized void writeFile() {
    if (closed) {
      return;
    }
    Map<String, String> addresses = new LinkedHashMap<>();
    for (String name :
        List.of(FunctionInstance.GATEWAY, FunctionInstance.COMPILER, FunctionInstance.DEALER)) {
      addresses.put(name, ports.url(name));
    }
    addresses.put("kafka", broker.bootstrapServers());
    store.ifPresent(
        one ->
            Optional.ofNullable(one.addresses(Domain.OWNER).get(Container.ONNX))
                .ifPresent(address -> addresses.put("onnx", address)));
    file.write(addresses, processes());
  }

  /** The processes by name: {@code broker}, {@code store}, and the functions' instances. */
  public synchronized Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> all = new LinkedHashMap<>();
    brokerProcess.ifPresent(process -> all.put(process.name(), process.handle()));
    store.flatMap(BlobService::process).ifPresent(process -> all.put("store", process));
    functions.forEach(process -> all.put(process.name(), process.handle()));
    return all;
  }

  /** Where users go. */
  public String page() {
    return ports.url(FunctionInstance.GATEWAY);
  }

  /** The pages, a line for each. */
  public List<String> pages() {
    return List.of(
        "%-16s %s".formatted("users", page()),
        "%-16s %s".formatted("models' owner", ports.url(FunctionInstance.COMPILER)),
        "%-16s %s/operations.html".formatted("operator", page()));
  }

  /** What runs where, a line for each. */
  public List<String> description() {
    Map<String, ProcessHandle> handles = processes();
    List<String> lines = new ArrayList<>();
    lines.add(line("broker", "Apache Kafka at " + broker.bootstrapServers(), handles));
    lines.add(line("store", store().description(), handles));
    for (FunctionInstance instance : instances) {
      String where =
          "%s for the %s".formatted(ports.url(instance.name()), instance.domain().account());
      lines.add(line(instance.name(), where, handles));
    }
    return lines;
  }

  private static String line(String name, String where, Map<String, ProcessHandle> handles) {
    String process =
        Optional.ofNullable(handles.get(name)).map(one -> "  (pid " + one.pid() + ")").orElse("");
    return "%-10s %s%s".formatted(name, where, process);
  }

  /** Stops everything in order: functions first, then what they use. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      stopAll();
    }
    file.remove();
    lock.close();
  }

  private void stopAll() {
    (options.training() ? functions.parallelStream() : functions.stream())
        .forEach(SupervisedProcess::close);
    store.ifPresent(BlobService::close);
    brokerProcess.ifPresent(SupervisedProcess::close);
  }
}
