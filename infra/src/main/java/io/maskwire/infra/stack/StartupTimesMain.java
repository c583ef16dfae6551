package io.maskwire.infra.stack;

import io.maskwire.exchange.event.JsonObject;
import io.maskwire.infra.process.ProcessLogging;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Prints how long each function takes to start, a JSON object on a line for each start: {@code
 * instance}, {@code readyMillis}, {@code processorMillis}, and {@code startedMillis} where Quarkus
 * says it.
 */
public final class StartupTimesMain {
  private static final int ARGUMENTS = 3;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private StartupTimesMain() {}

  /** Takes the checkout, an empty folder for data, and the number of starts of each function. */
  public static void main(String[] arguments) {
    ProcessLogging.configure();
    if (arguments.length != ARGUMENTS) {
      System.err.println("usage: StartupTimesMain CHECKOUT DATA RUNS");
      System.exit(WRONG_USAGE);
    }
    StartupTimes times =
        new StartupTimes(
            Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    Runtime.getRuntime().addShutdownHook(new Thread(times::close, "stop"));
    try {
      times.run(start -> System.out.println(line(start)));
      System.exit(0);
    } catch (RuntimeException e) {
      System.err.println("maskwire: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  static String line(StartupTimes.Start start) {
    JsonObject line =
        JsonObject.create()
            .put("instance", start.instance())
            .put("readyMillis", start.readyMillis())
            .put("processorMillis", start.processorMillis());
    start.startedMillis().ifPresent(millis -> line.put("startedMillis", millis));
    return new String(line.toBytes(), StandardCharsets.UTF_8);
  }
}
