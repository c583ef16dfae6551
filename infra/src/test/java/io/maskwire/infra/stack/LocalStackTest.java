package io.maskwire.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.store.Stores;
import io.maskwire.infra.kept.FreePort;
import io.maskwire.infra.process.FakeFunction;
import io.maskwire.infra.process.ReadyCheck;
import io.maskwire.infra.store.BlobServices;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real broker; the functions are fakes that only say they are ready. */
class LocalStackTest {
  @TempDir Path folder;
  private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

  @BeforeEach
  void installFunctions() throws IOException {
    for (String function : List.of("compiler", "dealer", "party", "gateway")) {
      FakeFunction.install(jar(function));
    }
  }

  private Path jar(String function) {
    return folder.resolve("home/functions/" + function + "/target/quarkus-app/quarkus-run.jar");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private StackOptions options(int port) {
    return new StackOptions(
        data(), folder.resolve("home"), port, 2, 4, BlobServices.Choice.FILES, false);
  }

  private ObjectNode file() throws IOException {
    return JsonObject.parse(Files.readAllBytes(data().resolve("stack.json")), "stack.json").tree();
  }

  private Properties settings(String instance) throws IOException {
    Properties settings = new Properties();
    try (Reader in =
        Files.newBufferedReader(data().resolve("functions/" + instance + ".properties"))) {
      settings.load(in);
    }
    return settings;
  }

  private static boolean isReady(JsonNode url) {
    return ReadyCheck.http(URI.create(url.textValue() + "/q/health/ready")).isReady();
  }

  @Test
  void start_twiceWithAKillBetween_runsAndKeepsEverything() throws Exception {
    int port = FreePort.choose();
    Map<Path, String> kept;
    Map<String, ProcessHandle> processes;
    try (LocalStack stack = LocalStack.open(options(port), reports::add)) {
      stack.start();

      assertThat(stack.page()).isEqualTo("http://127.0.0.1:" + port);
      String compiler = file().path("compiler").textValue();
      assertThat(stack.pages())
          .anyMatch(line -> line.endsWith(compiler))
          .anyMatch(line -> line.endsWith(port + "/operations.html"));
      processes = stack.processes();
      assertThat(processes.keySet())
          .containsExactly(
              "broker",
              "gateway",
              "compiler",
              "party0",
              "party1",
              "party0-2",
              "party1-2",
              "dealer");
      assertThat(isReady(file().path("gateway"))).isTrue();
      assertThat(isReady(file().path("compiler"))).isTrue();
      assertThat(isReady(file().path("dealer"))).isTrue();
      assertThat(Stores.open(file().path("onnx").textValue()).create("model/a.onnx", new byte[1]))
          .isTrue();
      domainsAreApart();
      filesArePrivate();
      refusesSecondStack(port);
      startsAgainWhatDies(stack);
      kept = texts();
      processes = stack.processes();
    }
    assertThat(processes.values()).noneMatch(ProcessHandle::isAlive);
    assertThat(data().resolve("stack.json")).doesNotExist();

    try (LocalStack stack = LocalStack.open(options(port), reports::add)) {
      stack.start();

      assertThat(texts()).isEqualTo(kept);
      assertThat(Stores.open(file().path("onnx").textValue()).length("model/a.onnx")).contains(1L);
    }
  }

  private void domainsAreApart() throws IOException {
    assertThat(settings("gateway").getProperty("maskwire.gateway.functions.\"party1-2\""))
        .startsWith("http://127.0.0.1:");
    assertThat(settings("party0").getProperty("maskwire.party.role")).isEqualTo("0");
    assertThat(settings("party1-2").getProperty("maskwire.party.role")).isEqualTo("1");
    assertThat(settings("party0").getProperty("kafka.sasl.jaas.config"))
        .contains("username=\"owner\"");
    assertThat(settings("party1").getProperty("kafka.sasl.jaas.config"))
        .contains("username=\"user\"");
    assertThat(settings("dealer").getProperty("kafka.sasl.jaas.config"))
        .contains("username=\"dealer\"");
    String container = "maskwire.store.containers.\"%s\"";
    assertThat(settings("dealer").stringPropertyNames())
        .contains(container.formatted("masks"), container.formatted("keys-party1"))
        .doesNotContain(container.formatted("inputs"), container.formatted("masked-weights"));
    assertThat(settings("party1").stringPropertyNames())
        .doesNotContain(container.formatted("keys-party0"), container.formatted("masks"));
  }

  /** Kafka's own files are in a folder that nobody else may enter. */
  private void filesArePrivate() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.walk(data())) {
      assertThat(
              files
                  .filter(file -> !file.startsWith(data().resolve("broker/log")))
                  .filter(
                      file ->
                          Stream.of(".json", ".properties", ".key")
                              .anyMatch(ending -> file.toString().endsWith(ending))))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .as("%s", file)
                      .isEqualTo("rw-------"));
    }
  }

  private void refusesSecondStack(int port) {
    assertThatIllegalStateException()
        .isThrownBy(() -> LocalStack.open(options(port), reports::add))
        .withMessageContaining("another stack runs on " + data());
  }

  private void startsAgainWhatDies(LocalStack stack) throws Exception {
    ProcessHandle dealer = Optional.ofNullable(stack.processes().get("dealer")).orElseThrow();
    dealer.destroyForcibly();

    assertThat(reports.poll(1, TimeUnit.MINUTES)).contains("dealer ended").contains("again");
    assertThat(file().path("processes").path("dealer").path("pid").longValue())
        .isNotEqualTo(dealer.pid());
  }

  /** What the data folder keeps of keys and ports. */
  private Map<Path, String> texts() throws IOException {
    Map<Path, String> texts = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.walk(data())) {
      for (Path file : files.filter(LocalStackTest::isKept).toList()) {
        texts.put(file, Files.readString(file));
      }
    }
    assertThat(texts).hasSizeGreaterThan(8);
    return texts;
  }

  private static boolean isKept(Path file) {
    String folder = String.valueOf(file.resolveSibling("").getFileName());
    return Files.isRegularFile(file)
        && (folder.equals("keys") || file.endsWith("broker.properties"));
  }

  @Test
  void start_functionNotBuilt_saysHowToBuildIt() throws IOException {
    Files.delete(jar("dealer"));
    try (LocalStack stack = LocalStack.open(options(FreePort.choose()), reports::add)) {
      assertThatIllegalStateException()
          .isThrownBy(stack::start)
          .withMessageContaining("build the function 'dealer' first");
    }
  }
}
