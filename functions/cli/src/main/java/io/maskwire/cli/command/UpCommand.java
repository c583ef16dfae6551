package io.maskwire.cli.command;

import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code maskwire up}: the whole system on this machine. */
@Command(
    name = "up",
    description = {
      "Runs the whole system on this machine: broker, blob store, and the functions of owner, user"
          + " and dealer, each with credentials of its own.",
      "Ctrl-C stops it; the next start goes on with its data."
    })
public final class UpCommand implements Callable<Integer> {
  private static final int PORT = 8080;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "of the gateway (default: ${DEFAULT-VALUE})")
  private int port = PORT;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where it keeps everything (default: ${DEFAULT-VALUE})")
  private Path data = LocalStackProcess.defaultData();

  @Option(
      names = "--parties",
      paramLabel = "N",
      description = "instances of each party (default: ${DEFAULT-VALUE})")
  private int parties = 1;

  @Option(
      names = "--stock",
      paramLabel = "N",
      description = "sessions of each model that are kept ready (default: ${DEFAULT-VALUE})")
  private int stock = StackOptions.DEFAULT_STOCK;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Process stack =
        new ProcessBuilder(
                LocalStackProcess.command(new StackOptions(data, port, parties, stock, false)))
            .inheritIO()
            .start();
    // The terminal sends Ctrl-C to both; who stops this process alone means the stack too.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stack.destroy();
                  stack.onExit().join();
                },
                "stop the stack"));
    return stack.waitFor();
  }
}
