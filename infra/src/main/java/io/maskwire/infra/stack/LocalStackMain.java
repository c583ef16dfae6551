package io.maskwire.infra.stack;

import io.maskwire.infra.process.ProcessLogging;
import io.maskwire.infra.store.BlobServices;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs the local stack until it is told to stop. */
public final class LocalStackMain {
  private static final String USAGE =
      """
      usage: LocalStackMain --data DIR --home CHECKOUT [--port N] [--parties N] [--stock N] [--store automatic|azurite|files] [--training true]
        --data     folder that keeps broker, blobs, keys, ports and logs
        --home     the checkout, whose functions are built
        --port     of the gateway (8080)
        --parties  instances of each party (1)
        --stock    sessions of each model that are kept ready (4)
        --store    which blob store (automatic: Azurite where Node.js is present, else files)
        --training whether functions write caches for later starts when they stop (false)
      """;

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int DEFAULT_PORT = 8080;

  private Path data = Path.of("");
  private Path home = Path.of("");
  private int port = DEFAULT_PORT;
  private int parties = 1;
  private int stock = StackOptions.DEFAULT_STOCK;
  private boolean training;
  private BlobServices.Choice store = BlobServices.Choice.AUTOMATIC;

  private LocalStackMain() {}

  /** Starts the stack; the terminate signal and Ctrl-C stop it. */
  public static void main(String[] arguments) throws InterruptedException {
    ProcessLogging.configure();
    StackOptions options;
    try {
      options = new LocalStackMain().parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(WRONG_USAGE);
      return;
    }
    run(options);
  }

  private StackOptions parse(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("a value is missing after " + arguments[i]);
      }
      set(arguments[i], arguments[i + 1]);
    }
    if (data.toString().isEmpty() || home.toString().isEmpty()) {
      throw new IllegalArgumentException("--data and --home are needed");
    }
    return new StackOptions(data, home, port, parties, stock, store, training);
  }

  private void set(String option, String value) {
    switch (option) {
      case "--data" -> data = Path.of(value);
      case "--home" -> home = Path.of(value);
      case "--port" -> port = number(option, value);
      case "--parties" -> parties = number(option, value);
      case "--stock" -> stock = number(option, value);
      case "--store" -> store = BlobServices.Choice.valueOf(value.toUpperCase(Locale.ROOT));
      case "--training" -> training = Boolean.parseBoolean(value);
      default -> throw new IllegalArgumentException("no option: " + option);
    }
  }

  private static int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s needs a number, not '%s'".formatted(option, value), e);
    }
  }

  private static void run(StackOptions options) throws InterruptedException {
    try {
      LocalStack stack = LocalStack.open(options, LocalStackMain::say);
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
      say("starting ...");
      stack.start();
      stack.description().forEach(line -> System.out.println("  " + line));
      System.out.println("  pages for");
      stack.pages().forEach(line -> System.out.println("    " + line));
      say("ready at " + stack.page() + " (data and logs: " + options.data() + "; Ctrl-C stops)");
    } catch (RuntimeException e) {
      say(e.getMessage() == null ? e.toString() : e.getMessage());
      System.exit(FAILED);
    }
    new CountDownLatch(1).await();
  }

  private static void say(String message) {
    System.out.println("maskwire: " + message);
  }
}
