package io.maskwire.exchange.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.maskwire.exchange.SampleName;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentationTest {
  private static ModelUploaded event(Presentation presentation) {
    return new ModelUploaded(
        "tiny",
        "a/model.onnx",
        List.of(),
        Optional.empty(),
        Optional.empty(),
        12,
        24,
        "user",
        Optional.empty(),
        presentation);
  }

  @Test
  void event_withPresentation_isReadAsItWasWritten() {
    ModelUploaded event =
        event(new Presentation(Optional.of("One.\nTwo."), List.of("a/samples/x-1.nii.gz")));

    assertThat(ModelUploaded.fromJson(event.toJson())).isEqualTo(event);
  }

  @Test
  void event_withoutPresentation_hasNone() {
    JsonObject older = JsonObject.parse(event(Presentation.NONE).toJson(), "the event");
    older.tree().remove("samples");

    assertThat(ModelUploaded.fromJson(older.toBytes()).presentation()).isEqualTo(Presentation.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/", "a/.hidden", "a/x y.png", "a/x%2fy", "a/\u00e4.png", ""})
  void sample_oddName_isRefused(String blob) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Presentation(Optional.empty(), List.of(blob)))
        .withMessageContaining("sample");
  }

  @Test
  void samples_tooManyOrOfOneName_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Presentation(Optional.empty(), List.of("a/x.png", "b/x.png")))
        .withMessageContaining("x.png");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Presentation(
                    Optional.empty(), Collections.nCopies(SampleName.MOST + 1, "a/x.png")))
        .withMessageContaining("at most");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\u0007b"})
  void description_noPlainText_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Presentation(Optional.of(text), List.of()));
  }

  @Test
  void description_tooLong_isRefused() {
    String text = "a".repeat(Presentation.LONGEST_DESCRIPTION + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Presentation(Optional.of(text), List.of()));
  }
}
