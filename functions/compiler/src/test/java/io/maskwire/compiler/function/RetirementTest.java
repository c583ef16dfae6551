package io.maskwire.compiler.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.store.FileContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetirementTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder = Path.of("");
  private final List<ModelRetired> announced = new ArrayList<>();
  private FileContainer models;
  private Retirement retirement;

  @BeforeEach
  void open() {
    models = new FileContainer(folder);
    retirement = new Retirement(models, announced::add, 2);
  }

  private ModelVersionName publish(String model, int day) throws IOException {
    ModelVersionName name = new ModelVersionName(model, "%032x".formatted(100 - day));
    models.create(name.blob("manifest.json"), new byte[] {'{', '}'});
    Files.setLastModifiedTime(
        folder.resolve(name.blob("manifest.json")),
        FileTime.from(FIRST.plusSeconds(86_400L * day)));
    return name;
  }

  private boolean isRetired(ModelVersionName name) {
    return models.length(name.blob("retired.json")).isPresent();
  }

  @Test
  void retire_publishedVersion_markedThenAnnouncedEachTime() throws IOException {
    ModelVersionName name = publish("net", 1);
    Retirement asks =
        new Retirement(
            models,
            event -> {
              assertThat(isRetired(event.name())).isTrue();
              announced.add(event);
            },
            2);

    asks.retire(name);
    asks.retire(name);

    assertThat(announced).containsExactly(new ModelRetired(name), new ModelRetired(name));
    assertThat(new PublishedVersions(models).find(name).orElseThrow().retired()).isPresent();
  }

  @Test
  void retire_unknownVersion_refusedAndNothingWritten() {
    ModelVersionName unknown = new ModelVersionName("net", "0".repeat(32));

    assertThatThrownBy(() -> retirement.retire(unknown))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.UNKNOWN_VERSION));
    assertThat(models.list("")).isEmpty();
    assertThat(announced).isEmpty();
  }

  @Test
  void retireOlder_moreThanAreKept_theOldestOfThisModelGo() throws IOException {
    ModelVersionName first = publish("net", 1);
    ModelVersionName second = publish("net", 2);
    ModelVersionName third = publish("net", 3);
    ModelVersionName other = publish("net-2", 0);

    retirement.retireOlder(third);
    retirement.retireOlder(third);

    assertThat(announced).containsExactly(new ModelRetired(first));
    assertThat(isRetired(first)).isTrue();
    assertThat(List.of(second, third, other)).noneMatch(this::isRetired);
  }

  @Test
  void retireOlder_newestLooksOldest_staysAllTheSame() throws IOException {
    ModelVersionName newest = publish("net", 0);
    publish("net", 1);
    ModelVersionName other = publish("net", 2);

    retirement.retireOlder(newest);

    assertThat(isRetired(newest)).isFalse();
    assertThat(isRetired(other)).isFalse();
    assertThat(announced).hasSize(1);
  }
}
