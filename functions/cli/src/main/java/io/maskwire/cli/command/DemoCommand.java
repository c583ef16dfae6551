package io.maskwire.cli.command;

import io.maskwire.cli.ExitCode;
import io.maskwire.cli.bench.FunctionCaches;
import io.maskwire.cli.demo.DemoModel;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.StackAddress;
import io.maskwire.compiler.CompilerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code maskwire demo}: the main job on a model and a volume that it makes itself. */
@Command(
    name = "demo",
    description = {
      "One secure rs-fMRI inference on this machine.",
      "On first use it makes a synthetic task: maps of 58 resting-state networks and a network of"
          + " the published architecture, trained on them. This takes about half a minute."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "where the demo model is kept (default: ${DEFAULT-VALUE})")
  private Path cache = defaultCache();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "which of the held-out volumes, from 1 (default: ${DEFAULT-VALUE})")
  private int sample = 1;

  @Option(
      names = "--in-process",
      description = "with both parties in this process instead of the local stack")
  private boolean inProcess;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the stack's folder (default: ${DEFAULT-VALUE})")
  private Path data = LocalStackProcess.defaultData();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Sessions before the one that is shown, so that its times are those of a running service. */
  private static final int WARM_UPS = 4;

  private static final int STACK_WARM_UPS = 40;

  /** Where what takes long to make is kept. */
  static Path defaultCache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("maskwire");
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    InferenceReport report;
    try (Progress progress = Progress.onTerminal()) {
      DemoModel model =
          DemoModel.prepare(
              cache, (step, fraction) -> progress.step(step, Math.round(100 * fraction), 100));
      if (sample < 1 || sample > model.samples().size()) {
        throw new IllegalArgumentException(
            "there are samples 1 to %d, not %d".formatted(model.samples().size(), sample));
      }
      Path volume = model.samples().get(sample - 1);
      List<Path> others = LoadedModel.expand(List.of(model.calibration()));
      List<Path> warmUps =
          IntStream.range(0, warmUps()).mapToObj(i -> others.get(i % others.size())).toList();
      report =
          inProcess
              ? inProcess(model, volume, warmUps, progress)
              : throughStack(model, volume, warmUps, progress);
    }
    InputWarnings.print(spec.commandLine().getErr(), report.warnings());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(report.toJson().put("warmUpSessions", warmUps())));
    } else {
      out.println(report.toText());
      out.printf(
          inProcess
              ? "  Times are of session %d in this process, as in a running service.%n"
              : "  Times are of session %d through the local stack; 'upload to result' is what a%n"
                  + "  user waits for.%n",
          warmUps() + 1);
    }
    out.flush();
    return report.secure().exact() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private int warmUps() {
    return inProcess ? WARM_UPS : STACK_WARM_UPS;
  }

  private static InferenceReport inProcess(
      DemoModel model, Path volume, List<Path> warmUps, Progress progress)
      throws IOException, InterruptedException {
    progress.step("compiling");
    LoadedModel loaded =
        LoadedModel.calibrated(model.onnx(), CompilerOptions.defaults(), model.calibration());
    Labels labels = Labels.of(Labels.read(model.labels()), loaded.program());
    return new InferenceRun(loaded, labels, progress).warmUp(warmUps).infer(volume);
  }

  /** Through the stack that runs, or one for this inference alone. */
  private InferenceReport throughStack(
      DemoModel model, Path volume, List<Path> warmUps, Progress progress)
      throws IOException, InterruptedException {
    Optional<StackAddress> running = LocalStackProcess.find(data);
    if (running.isPresent()) {
      return new StackDemo(running.get(), model, progress).run(volume, warmUps);
    }
    FunctionCaches.prepare(progress::step);
    progress.step("starting the local stack");
    try (LocalStackProcess stack =
        LocalStackProcess.start(LocalStackProcess.StackOptions.onFreePort(data), progress::step)) {
      return new StackDemo(stack.address(), model, progress).run(volume, warmUps);
    }
  }
}
