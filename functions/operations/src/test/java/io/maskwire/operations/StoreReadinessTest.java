package io.maskwire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.exchange.store.FileContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreReadinessTest {
  @TempDir private Path folder;

  @Test
  void call_storeAnswers_isUpWithoutAnyBlob() {
    HealthCheckResponse answer = new StoreReadiness(new FileContainer(folder)).call();

    assertThat(answer.getName()).isEqualTo("store");
    assertThat(answer.getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void call_storeFails_isDownAndSaysWhy() throws IOException {
    Path place = folder.resolve("container");
    FileContainer container = new FileContainer(place);
    Files.delete(place);
    Files.createSymbolicLink(place, place);

    HealthCheckResponse answer = new StoreReadiness(container).call();

    assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
    assertThat(answer.getData()).hasValueSatisfying(data -> assertThat(data).containsKey("reason"));
  }
}
