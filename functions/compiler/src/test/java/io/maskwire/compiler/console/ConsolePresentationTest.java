package io.maskwire.compiler.console;

import static io.maskwire.compiler.console.ConsoleClient.bytes;
import static io.maskwire.compiler.console.ConsoleClient.form;
import static io.maskwire.compiler.console.ConsoleClient.name;
import static io.maskwire.compiler.console.ConsoleClient.open;
import static io.maskwire.compiler.console.ConsoleClient.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.maskwire.compiler.UploadModels;
import io.maskwire.compiler.function.LocalSurroundings;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.Presentation;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an owner shows of a model, given in the console: as {@code maskwire publish} takes it. */
@QuarkusTest
@QuarkusTestResource(LocalSurroundings.class)
@Timeout(300)
class ConsolePresentationTest {
  private final BlobContainer onnx = open(Container.ONNX);
  private final BlobContainer models = open(Container.MODELS);

  private static RequestSpecification sample(
      RequestSpecification form, String name, byte[] content) {
    return form.multiPart("sample", name, content, "application/octet-stream");
  }

  private static RequestSpecification described(RequestSpecification form, String text) {
    return form.multiPart(
        new MultiPartSpecBuilder(text).controlName("description").charset("UTF-8").build());
  }

  @Test
  void upload_withDescriptionAndSamples_publishesBothAndTheShelfSaysSo() {
    byte[] input = UploadModels.sample(0, 1, UploadModels.INPUTS);

    JsonPath entry =
        publish(
            "presented",
            sample(
                sample(
                    described(form(UploadModels.perceptron()), " Groß.\r\nUnd klein. "),
                    "one.pb",
                    input),
                "two.pb",
                input));

    assertThat(entry.getString("state")).as(entry.prettify()).isEqualTo("published");
    assertThat(entry.getBoolean("shown.description")).isTrue();
    assertThat(entry.getInt("shown.samples")).isEqualTo(2);
    ModelVersionName name = name(entry);
    assertThat(models.read(name.blob("description.txt"))).contains(bytes("Groß.\nUnd klein."));
    assertThat(models.read(name.blob("samples/one.pb"))).contains(input);
    assertThat(models.read(name.blob("samples/two.pb"))).contains(input);
    JsonPath bare = publish("bare", described(form(UploadModels.perceptron()), " "));
    assertThat(bare.getBoolean("shown.description")).isFalse();
    assertThat(bare.getInt("shown.samples")).isZero();
  }

  @Test
  void upload_longestDescription_isTaken() {
    String longest = "\u611B".repeat(Presentation.LONGEST_DESCRIPTION);

    JsonPath entry = publish("told", described(form(UploadModels.perceptron()), longest));

    assertThat(models.read(name(entry).blob("description.txt"))).contains(bytes(longest));
  }

  @Test
  void upload_sampleThatTheModelDoesNotTake_failsAsOnTheCommandLine() {
    JsonPath entry =
        publish(
            "misfit",
            sample(form(UploadModels.perceptron()), "four.pb", UploadModels.sample(0, 1, 4)));

    assertThat(entry.getString("state")).isEqualTo("failed");
    given()
        .get("/api/models/%s/report".formatted(name(entry)))
        .then()
        .body("problem.error", equalTo("malformed"))
        .body("problem.message", containsString("four.pb"))
        .body("problem.message", containsString("[1, 5]"));
    assertThat(models.list("misfit/")).isEmpty();
  }

  @Test
  void upload_wrongDescriptionOrSamples_areRefusedAsOnTheCommandLine() {
    byte[] input = UploadModels.sample(0, 1, UploadModels.INPUTS);
    RequestSpecification many = form(UploadModels.perceptron());
    for (int i = 0; i <= SampleName.MOST; i++) {
      many = sample(many, i + ".pb", input);
    }
    Map<String, RequestSpecification> wrong =
        Map.of(
            "a description has 1 to 1000 characters, not 1001",
            described(form(UploadModels.perceptron()), "a".repeat(1_001)),
            "a description is plain text",
            described(form(UploadModels.perceptron()), "a\u0007b"),
            "9 samples, a model has at most 8",
            many,
            "two samples are named 'x.pb'",
            sample(sample(form(UploadModels.perceptron()), "x.pb", input), "x.pb", input),
            "a sample's name is of letters, digits, dots, underscores and hyphens, at most 100:"
                + " 'x y.pb'",
            sample(form(UploadModels.perceptron()), "x y.pb", input));

    wrong.forEach(
        (message, form) ->
            form.post("/api/models/wrong-shown")
                .then()
                .statusCode(400)
                .body("error", equalTo("malformed"))
                .body("message", equalTo(message)));

    assertThat(onnx.list("wrong-shown/")).isEmpty();
  }
}
