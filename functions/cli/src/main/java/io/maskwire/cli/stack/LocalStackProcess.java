package io.maskwire.cli.stack;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A local stack in a process of its own. The stack's code is not on the command line's class path:
 * it comes with the checkout, where the functions are built.
 */
public final class LocalStackProcess implements AutoCloseable {
  private static final String MAIN = "io.maskwire.infra.stack.LocalStackMain";
  private static final String READY = "maskwire: ready at ";
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long STOP_SECONDS = 60;

  /** Functions that write caches take minutes. */
  private static final long TRAINED_STOP_SECONDS = 360;

  private final Process process;
  private final StackAddress address;
  private final long stopSeconds;

  private LocalStackProcess(Process process, StackAddress address, boolean training) {
    this.process = process;
    this.address = address;
    stopSeconds = training ? TRAINED_STOP_SECONDS : STOP_SECONDS;
  }

  /** Where stacks keep their data if nobody says otherwise. */
  public static Path defaultData() {
    String xdg = System.getenv("XDG_DATA_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(xdg);
    return base.resolve("maskwire").resolve("stack");
  }

  /** The stack on {@code data}, if one runs and answers. */
  public static Optional<StackAddress> find(Path data) throws IOException {
    if (!Files.exists(data.resolve(StackAddress.FILE))) {
      return Optional.empty();
    }
    StackAddress address = StackAddress.read(data);
    return isReady(address.gateway()) ? Optional.of(address) : Optional.empty();
  }

  /**
   * The stack on {@code data}.
   *
   * @throws IllegalArgumentException if none runs there
   */
  public static StackAddress require(Path data) throws IOException {
    return find(data)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no stack runs on %s; start one with 'maskwire up'".formatted(data)));
  }

  private static boolean isReady(URI gateway) {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/q/health/ready")).timeout(ANSWER).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The command that runs a stack.
   *
   * @param options of the stack
   * @throws IllegalArgumentException if this is no checkout
   */
  public static List<String> command(StackOptions options) {
    List<String> command = command(MAIN);
    command.addAll(List.of("--home", home(), "--data", options.data().toString()));
    command.addAll(List.of("--port", Integer.toString(options.port())));
    command.addAll(List.of("--parties", Integer.toString(options.parties())));
    command.addAll(List.of("--stock", Integer.toString(options.stock())));
    command.addAll(List.of("--training", Boolean.toString(options.training())));
    return command;
  }

  /**
   * The command that runs {@code main}, a class of the local stack's; arguments are to be added.
   *
   * @throws IllegalArgumentException if this is no checkout
   */
  public static List<String> command(String main) {
    Path infra = Path.of(home()).resolve("infra").resolve("target");
    if (home().isEmpty() || !Files.exists(infra.resolve("infra.jar"))) {
      throw new IllegalArgumentException(
          "the local stack comes with the source code; start this command as ./maskwire from a"
              + " checkout");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-cp");
    command.add(infra.resolve("infra.jar") + File.pathSeparator + infra.resolve("lib") + "/*");
    command.add(main);
    return command;
  }

  /** The checkout that this command line runs from; empty if it does not. */
  public static String home() {
    return System.getProperty("maskwire.home", "");
  }

  /**
   * How to run a stack.
   *
   * @param data its folder
   * @param port of the gateway
   * @param parties instances of each party
   * @param stock sessions of each model that are kept ready
   * @param training whether functions write caches for later starts when they stop
   */
  public record StackOptions(Path data, int port, int parties, int stock, boolean training) {
    /** Sessions of each model that are kept ready. */
    public static final int DEFAULT_STOCK = 4;

    /** One instance of each party behind a port that is free now. */
    public static StackOptions onFreePort(Path data) throws IOException {
      try (ServerSocket socket = new ServerSocket(0)) {
        return new StackOptions(data, socket.getLocalPort(), 1, DEFAULT_STOCK, false);
      }
    }

    /** The same with more sessions ready. */
    public StackOptions withStock(int sessions) {
      return new StackOptions(data, port, parties, sessions, training);
    }

    /** The same with more instances of each party. */
    public StackOptions withParties(int instances) {
      return new StackOptions(data, port, instances, stock, training);
    }

    /** The same, to make caches. */
    public StackOptions forTraining() {
      return new StackOptions(data, port, parties, stock, true);
    }
  }

  /**
   * Starts a stack and returns when it is ready.
   *
   * @param progress receives its lines
   * @throws IOException with its last lines, if it ends before
   */
  public static LocalStackProcess start(StackOptions options, Consumer<String> progress)
      throws IOException {
    return start(options, Map.of(), progress);
  }

  /**
   * As {@link #start(StackOptions, Consumer)}.
   *
   * @param environment variables that the stack's functions have besides this process's
   */
  public static LocalStackProcess start(
      StackOptions options, Map<String, String> environment, Consumer<String> progress)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(options)).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> lines = new ArrayList<>();
    try {
      BufferedReader reader = process.inputReader();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        progress.accept(line.strip());
        if (line.startsWith(READY)) {
          // What else it says is of no interest, but must not fill the pipe.
          Thread.ofVirtual().start(() -> reader.lines().forEach(later -> {}));
          return new LocalStackProcess(
              process, StackAddress.read(options.data()), options.training());
        }
      }
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
    throw new IOException(
        "the local stack did not start:%n%s"
            .formatted(
                String.join(
                    System.lineSeparator(),
                    lines.subList(Math.max(0, lines.size() - 10), lines.size()))));
  }

  /** Where it is. */
  public StackAddress address() {
    return address;
  }

  /** Stops it and waits until it is gone. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(stopSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
