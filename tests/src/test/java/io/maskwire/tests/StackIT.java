package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.gateway.RemoteInference;
import io.maskwire.cli.gateway.RemoteModel;
import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import io.maskwire.crypto.ring.FloatTensor;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged functions of all three trust domains, with broker and blob store, on this machine:
 * each in a process of its own, with its own credentials.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StackIT {
  private static final String MODEL = "lenet";
  private static final int IN_FLIGHT = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static LocalStackProcess stack;

  @BeforeAll
  static void start() throws IOException {
    Path model = ReferenceData.lenet();
    System.setProperty("maskwire.home", Repository.root().toString());
    stack = LocalStackProcess.start(StackOptions.onFreePort(folder), line -> {});
    Outcome published = Cli.run("publish", model, "--name", MODEL, "--data", folder, "--json");
    assertThat(published.json().get("model").asText()).isEqualTo(MODEL);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  private static Outcome infer() {
    return Cli.run(
        "infer", MODEL, ReferenceData.digit(), "--gateway", stack.address().gateway(), "--json");
  }

  /** The secure result is the fixed-point program's in every bit, wherever the parties are. */
  private static JsonNode expected() {
    return Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--json").json();
  }

  @Test
  void infer_throughTheGateway_givesTheBitsOfTheSessionInOneProcess() {
    JsonNode answer = infer().json();

    assertThat(answer.get("label").asText()).isEqualTo("2");
    assertThat(answer.get("output")).isEqualTo(expected().get("output"));
    assertThat(answer.get("millis").get("total").asDouble()).isPositive();
  }

  @Test
  void infer_unknownModel_saysWhatThereIs() {
    Cli.run("infer", "other", ReferenceData.digit(), "--gateway", stack.address().gateway())
        .refused(1, "no model 'other'", MODEL);
  }

  @Test
  void publish_unsupportedModel_namesTheNode() throws IOException {
    Path model = TestModels.chain(folder.resolve("odd.onnx"), "Softplus");

    Cli.run("publish", model, "--name", "odd", "--data", folder).refused(3, "the_Softplus");
  }

  @Test
  void retire_publishedModel_isNotOfferedAnyMore() {
    Outcome published =
        Cli.run("publish", ReferenceData.lenet(), "--name", "old", "--data", folder, "--json");
    String version = published.json().get("version").asText();

    JsonNode retired = Cli.run("retire", "old", "--data", folder, "--json").json();

    assertThat(retired.get("retired").get(0).asText()).isEqualTo(version);
    Cli.run("infer", "old", ReferenceData.digit(), "--gateway", stack.address().gateway())
        .refused(1, "no model 'old'");
    Cli.run("retire", "old", "--data", folder).refused(1, "no version of 'old' is published");
  }

  @ParameterizedTest
  @CsvSource({"party0, 1", "party1, 3", "gateway, 2", "dealer, 4", "broker, 3"})
  void infer_processKilledUnderLoad_allSessionsEndWithTheSameResult(String victim, int round)
      throws Exception {
    List<Float> expected = new ArrayList<>();
    expected().get("output").forEach(value -> expected.add(value.floatValue()));
    try (GatewayClient gateway = new GatewayClient(stack.address().gateway(), Optional.empty());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RemoteModel model = RemoteModel.fetch(gateway, MODEL);
      RemoteInference inference = new RemoteInference(gateway, model, new SecureRandom());
      FloatTensor digit = model.read(ReferenceData.digit());
      List<RemoteInference.Prepared> prepared = new ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        prepared.add(inference.prepare(digit));
      }
      CountDownLatch reached = new CountDownLatch(1);
      List<Future<FloatTensor>> running =
          prepared.stream()
              .map(each -> threads.submit(() -> complete(inference, each, round, reached)))
              .toList();

      reached.await();
      StackProcesses.kill(folder, victim);

      for (Future<FloatTensor> each : running) {
        assertThat(each.get().values()).containsExactly(expected.toArray(Float[]::new));
      }
    }
  }

  /** Counts {@code reached} down when the session is in its round {@code round}. */
  private static FloatTensor complete(
      RemoteInference inference,
      RemoteInference.Prepared prepared,
      int round,
      CountDownLatch reached)
      throws IOException {
    return inference
        .complete(
            prepared,
            (current, rounds) -> {
              if (current >= round) {
                reached.countDown();
              }
            })
        .result()
        .outputs()
        .getFirst();
  }

  @Test
  void metrics_ofAllFunctions_haveWhatTheDashboardShows() throws Exception {
    infer();
    assertThat(
            get(stack.address().gateway().resolve("/api/sessions/" + "0".repeat(32))).statusCode())
        .as("a refusal")
        .isEqualTo(401);

    Set<String> offered = new TreeSet<>();
    try (Stream<Path> settings = Files.list(folder.resolve("functions"))) {
      for (Path file : settings.toList()) {
        offered.addAll(Dashboard.offers(get(metrics(file)).body()));
      }
    }

    assertThat(offered).containsAll(Dashboard.read().needs());
  }

  private static URI metrics(Path settings) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(settings)) {
      properties.load(in);
    }
    return URI.create(
        "http://127.0.0.1:%s/q/metrics".formatted(properties.getProperty("quarkus.http.port")));
  }

  private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void logs_ofAllFunctions_areJsonLinesWithTheSession() throws Exception {
    infer();

    for (String function : List.of("compiler", "dealer", "gateway", "party0", "party1")) {
      List<String> lines =
          Files.readAllLines(folder.resolve("logs").resolve(function + ".log")).stream()
              .filter(line -> !line.startsWith("WARNING: ") && !line.startsWith("OpenJDK "))
              .toList();
      assertThat(lines).as(function).isNotEmpty().allSatisfy(line -> JSON.readTree(line));
    }
    assertThat(Files.readString(folder.resolve("logs").resolve("dealer.log")))
        .containsPattern("\"session\":\"[0-9a-f]{32}\"");
  }
}
