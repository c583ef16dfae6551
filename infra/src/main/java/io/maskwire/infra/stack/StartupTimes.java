package io.maskwire.infra.stack;

import io.maskwire.infra.broker.BrokerAccess;
import io.maskwire.infra.kept.FreePort;
import io.maskwire.infra.kept.PrivateFiles;
import io.maskwire.infra.process.ProcessPlan;
import io.maskwire.infra.process.SupervisedProcess;
import io.maskwire.infra.rights.KafkaRights;
import io.maskwire.infra.store.BlobService;
import io.maskwire.infra.store.BlobServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/**
 * Starts each function of the local stack alone, again and again, beside a broker and a store that
 * run: with the command line and the settings that the stack gives it.
 */
final class StartupTimes implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s");
  private static final double NANOS = 1e6;
  private static final double MILLIS = 1e3;

  private final StackPrograms programs;
  private final Path data;
  private final int runs;

  /** What stops the processes, in the order in which they are stopped. */
  private final Deque<Runnable> open = new ArrayDeque<>();

  private boolean closed;

  /**
   * Measures the functions that are built in {@code home}.
   *
   * @param data folder for broker, store, settings and logs
   * @param runs starts of each function
   */
  StartupTimes(Path home, Path data, int runs) {
    this.data = PrivateFiles.folder(data);
    this.runs = runs;
    programs = new StackPrograms(home, data.resolve("logs"), false);
  }

  /**
   * One start.
   *
   * @param instance of the function
   * @param readyMillis from the start of the process until it says that it is ready, which includes
   *     the Java virtual machine's own start
   * @param processorMillis processor time of the process until then, all threads; compilers have a
   *     large part of it
   * @param startedMillis what Quarkus says of itself; empty if its log does not tell
   */
  record Start(
      String instance, double readyMillis, long processorMillis, OptionalDouble startedMillis) {}

  /** Measures, and gives each start to {@code starts} when it is done. */
  void run(Consumer<Start> starts) {
    BrokerAccess broker = BrokerAccess.in(PrivateFiles.folder(data.resolve("broker")));
    launch(programs.broker(broker, data.resolve("broker"))).awaitReady();
    BlobService store = startStore();
    try (Admin admin = broker.admin()) {
      KafkaRights.apply(admin);
    }
    StackPorts ports = new StackPorts(data, FreePort.choose());
    List<FunctionInstance> instances = FunctionInstance.all(1);
    FunctionSettings settings =
        new FunctionSettings(
            new FunctionSettings.DomainAccess(broker::functionProperties, store::addresses),
            StackKeys.in(data.resolve("keys")),
            ports,
            instances,
            StackOptions.DEFAULT_STOCK);
    for (int run = 0; run < runs; run++) {
      for (FunctionInstance instance : instances) {
        Path file = data.resolve("functions").resolve(instance.name() + ".properties");
        settings.write(instance, file);
        starts.accept(start(programs.function(instance, file, ports.url(instance.name()))));
      }
    }
  }

  private synchronized SupervisedProcess launch(ProcessPlan plan) {
    if (closed) {
      throw new IllegalStateException("stopped");
    }
    SupervisedProcess process = SupervisedProcess.launch(plan, StartupTimes::report);
    open.push(process::close);
    return process;
  }

  private synchronized BlobService startStore() {
    if (closed) {
      throw new IllegalStateException("stopped");
    }
    BlobService store =
        BlobServices.start(
            BlobServices.Choice.AUTOMATIC,
            data.resolve("store"),
            programs.log("store"),
            StartupTimes::report);
    open.push(store::close);
    return store;
  }

  private Start start(ProcessPlan plan) {
    long begin = System.nanoTime();
    try (SupervisedProcess process = launch(plan)) {
      process.awaitReady();
      double readyMillis = (System.nanoTime() - begin) / NANOS;
      long processorMillis =
          process.handle().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
      return new Start(plan.name(), readyMillis, processorMillis, lastStarted(plan.log()));
    }
  }

  /** Stops what runs, also while {@link #run} goes on in another thread, which then fails. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }

  /** Logs are appended to: the last word is this start's. */
  private static OptionalDouble lastStarted(Path log) {
    try {
      OptionalDouble last = OptionalDouble.empty();
      Matcher matcher = STARTED.matcher(Files.readString(log, StandardCharsets.ISO_8859_1));
      while (matcher.find()) {
        last = OptionalDouble.of(MILLIS * Double.parseDouble(matcher.group(1)));
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void report(String message) {
    System.err.println("maskwire: " + message);
  }
}
