package io.maskwire.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * This build beside an earlier revision: whole inferences in processes of their own, the two builds
 * in turn, so that whatever the machine does meanwhile meets both.
 */
public final class RevisionBench {
  /** What can be compared: seeded networks and the demo. */
  public enum Workload {
    /** A network like ResNet-50 on 224 x 224, calibrated. */
    RESNET50,
    /** A network like LeNet-5 on 28 x 28, calibrated. */
    LENET,
    /** {@code maskwire demo --in-process}. */
    DEMO
  }

  /** What a figure counts. */
  public enum Unit {
    /** Memory. */
    BYTES,
    /** Time. */
    MILLIS
  }

  /**
   * One figure of both builds.
   *
   * @param name of the figure
   * @param unit of both
   * @param before median of the other revision
   * @param now median of this build
   */
  public record Figure(String name, Unit unit, double before, double now) {
    /** How many times the other revision's figure this build's is. */
    public double ratio() {
      return now / before;
    }
  }

  private final Path before;
  private final Path now;
  private final int runs;
  private final Consumer<String> progress;

  /**
   * A comparison with {@code revision}, which is built first if that has not been done.
   *
   * @param home the repository
   * @param cache where builds are kept
   * @param runs of each build
   */
  public RevisionBench(Path home, String revision, Path cache, int runs, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("building " + revision);
    before = OtherBuild.launcher(home, revision, cache);
    now = home.resolve("maskwire");
    this.runs = runs;
    this.progress = progress;
  }

  /** Medians of both builds for each workload. */
  public Map<Workload, List<Figure>> measure(List<Workload> workloads)
      throws IOException, InterruptedException {
    Map<Workload, List<Figure>> figures = new LinkedHashMap<>();
    try (ScratchFolder scratch = ScratchFolder.create("bench-revision")) {
      for (Workload workload : workloads) {
        figures.put(workload, compare(workload, arguments(workload, scratch.path())));
      }
    }
    return figures;
  }

  private static List<String> arguments(Workload workload, Path folder) throws IOException {
    return switch (workload) {
      case DEMO -> List.of("demo", "--in-process", "--json");
      case LENET -> {
        Path model = folder.resolve("lenet.onnx");
        LeNetFile.write(model);
        yield inference(model, NetworkFile.input(folder.resolve("lenet"), 1, 1, 28, 28));
      }
      case RESNET50 -> {
        Path model = folder.resolve("resnet50.onnx");
        ResNetFile.write(model);
        yield inference(model, NetworkFile.input(folder.resolve("resnet50"), 1, 3, 224, 224));
      }
    };
  }

  private static List<String> inference(Path model, Path input) {
    String folder = String.valueOf(input.getParent());
    return List.of("infer", model.toString(), input.toString(), "--calibrate", folder, "--json");
  }

  private List<Figure> compare(Workload workload, List<String> arguments)
      throws IOException, InterruptedException {
    List<WholeRun> earlier = new ArrayList<>();
    List<WholeRun> later = new ArrayList<>();
    // The first run of each makes its archive of classes; which is first then changes in turn.
    for (int run = 0; run <= runs; run++) {
      progress.accept("%s, run %d of %d".formatted(workload, run, runs));
      List<Path> order = run % 2 == 0 ? List.of(before, now) : List.of(now, before);
      for (Path launcher : order) {
        WholeRun whole = WholeRun.of(launcher, arguments);
        if (run > 0) {
          (launcher.equals(before) ? earlier : later).add(whole);
        }
      }
    }
    return List.of(
        time("deal", earlier, later, WholeRun::dealMillis),
        time("offline", earlier, later, WholeRun::offlineMillis),
        time("online", earlier, later, WholeRun::onlineMillis),
        time("whole process", earlier, later, WholeRun::wallMillis),
        new Figure(
            "peak memory",
            Unit.BYTES,
            median(earlier, WholeRun::peakBytes),
            median(later, WholeRun::peakBytes)));
  }

  private static Figure time(
      String name, List<WholeRun> earlier, List<WholeRun> later, ToDoubleFunction<WholeRun> time) {
    return new Figure(name, Unit.MILLIS, median(earlier, time), median(later, time));
  }

  private static double median(List<WholeRun> runs, ToDoubleFunction<WholeRun> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
