package io.maskwire.cli;

import io.maskwire.cli.command.AccuracyCommand;
import io.maskwire.cli.command.BenchCommand;
import io.maskwire.cli.command.CheckCommand;
import io.maskwire.cli.command.CompileCommand;
import io.maskwire.cli.command.DealCommand;
import io.maskwire.cli.command.DemoCommand;
import io.maskwire.cli.command.InferCommand;
import io.maskwire.cli.command.InspectCommand;
import io.maskwire.cli.command.PartyCommand;
import io.maskwire.cli.command.PolicyException;
import io.maskwire.cli.command.PublishCommand;
import io.maskwire.cli.command.RetireCommand;
import io.maskwire.cli.command.UpCommand;
import io.maskwire.cli.gateway.GatewayException;
import io.maskwire.cli.inference.RewoundException;
import io.maskwire.cli.output.Reason;
import io.maskwire.compiler.importer.UnsupportedModelException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The {@code maskwire} command. */
@Command(
    name = "maskwire",
    description = "Private machine-learning inference from an ONNX model.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      CompileCommand.class,
      InspectCommand.class,
      InferCommand.class,
      AccuracyCommand.class,
      CheckCommand.class,
      DealCommand.class,
      PartyCommand.class,
      BenchCommand.class,
      UpCommand.class,
      PublishCommand.class,
      RetireCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "3:unsupported model",
      "4:refused by policy"
    })
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command on the process's own streams. */
  public static int run(String... arguments) {
    return newLine().execute(arguments);
  }

  /** Runs a command that prints results to {@code out}, all else to {@code err}. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return newLine().setOut(out).setErr(err).execute(arguments);
  }

  private static CommandLine newLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(Main::report);
  }

  /** What went wrong, in one or a few lines; a stack trace only where the fault is ours. */
  private static int report(Exception e, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    int code =
        switch (e) {
          case UnsupportedModelException _ -> ExitCode.UNSUPPORTED_MODEL;
          case GatewayException refusal when refusal.code().equals("unsupported-model") ->
              ExitCode.UNSUPPORTED_MODEL;
          case GatewayException refusal when refusal.status() == 403 -> ExitCode.REFUSED;
          case PolicyException _, RewoundException _ -> ExitCode.REFUSED;
          default -> ExitCode.FAILED;
        };
    err.println("maskwire: " + Reason.of(e));
    if (System.getenv("MASKWIRE_DEBUG") != null) {
      e.printStackTrace(err);
    }
    err.flush();
    return code;
  }
}
