package io.maskwire.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.infra.store.AzuriteInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {
  private final ComposeFile file;

  ComposeFileTest() throws IOException {
    file = ComposeFile.read();
  }

  static List<FunctionInstance> instances() {
    return FunctionInstance.all(1);
  }

  @ParameterizedTest
  @MethodSource("instances")
  void service_ofEachFunction_runsItsImageWithItsOwnFolder(FunctionInstance instance) {
    Map<?, ?> service = file.service(instance.name());

    Map<?, ?> arguments = ComposeFile.map(ComposeFile.map(service.get("build")).get("args"));
    assertThat(arguments.get("FUNCTION")).isEqualTo(instance.function());
    Map<?, ?> volume = ComposeFile.map(ComposeFile.list(service.get("volumes")).getFirst());
    assertThat(volume.get("target")).isEqualTo(ComposeAddresses.SETTINGS.toString());
    assertThat(volume.get("read_only")).isEqualTo(true);
    assertThat(ComposeFile.map(volume.get("volume")).get("subpath")).isEqualTo(instance.name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {FunctionInstance.COMPILER, FunctionInstance.DEALER, FunctionInstance.GATEWAY})
  void ports_ofWhatUsersSee_arePublishedOnTheLoopbackInterface(String name) {
    String address = ComposeAddresses.ofTheFile().publicUrl(name).replace("http://", "") + ":8080";

    assertThat(ComposeFile.list(file.service(name).get("ports")))
        .singleElement()
        .isEqualTo(address);
  }

  @Test
  void images_ofBrokerAndStore_areOfTheVersionsThatTestsRun() {
    assertThat(file.service("broker").get("image"))
        .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    assertThat(String.valueOf(file.service("store").get("image")))
        .endsWith(":" + AzuriteInstallation.VERSION);
  }

  @Test
  void variables_ofTheFile_areMadeByTheScript() throws IOException {
    String script = Files.readString(Path.of("compose-secrets"));

    assertThat(String.valueOf(file.service("setup").get("environment"))).contains("STORE_DEALER");
    for (String kind : List.of("KAFKA_$name", "STORE_$name")) {
      assertThat(script).contains(kind);
    }
  }
}
