package io.maskwire.tests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.gateway.RemoteInference;
import io.maskwire.cli.gateway.RemoteModel;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Traces of a running system, at somebody who takes them by OTLP. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TraceIT {
  private static final String TOPIC = "messaging.destination.name";
  private static final Pattern SIGNATURE = Pattern.compile("\\bsig=([^&]+)");
  private static final Pattern PASSWORD = Pattern.compile("password=\"([^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void inference_tracesOn_isOneTraceFromUploadToResultWithoutSecrets() throws Exception {
    try (SpanReceiver receiver = SpanReceiver.start();
        TestStack stack =
            TestStack.start(
                StackOptions.onFreePort(folder),
                Map.of(
                    "QUARKUS_OTEL_SDK_DISABLED",
                    "false",
                    "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                    receiver.endpoint()));
        GatewayClient gateway = new GatewayClient(stack.address().gateway(), Optional.empty())) {
      TestModel model = TestModel.publish(stack, "traced");
      RemoteModel remote = RemoteModel.fetch(gateway, model.name());
      RemoteInference inference = new RemoteInference(gateway, remote, new SecureRandom());
      RemoteInference.Prepared prepared = inference.prepare(TestModel.input(remote, new Random(3)));

      inference.complete(prepared, (round, rounds) -> {});

      int rounds = TestModel.rounds(remote);
      List<SpanReceiver.Span> trace =
          TestStack.await(
              "a trace from upload to result",
              () -> {
                List<SpanReceiver.Span> spans = traceOfTheUpload(receiver.spans());
                return isWhole(spans, rounds) ? Optional.of(spans) : Optional.empty();
              });
      assertThat(receiver.spans())
          .filteredOn(span -> Set.of("to-party0", "to-party1").contains(span.attribute(TOPIC)))
          .as("rounds are in no other trace")
          .allMatch(span -> span.trace().equals(trace.getFirst().trace()));
      assertThat(receiver.spans())
          .allSatisfy(span -> assertThat(span.whole()).doesNotContain(secrets(stack, prepared)));
    }
  }

  private static List<SpanReceiver.Span> traceOfTheUpload(List<SpanReceiver.Span> spans) {
    Set<String> uploads =
        spans.stream()
            .filter(span -> span.name().equals("PUT /sessions/{id}/input"))
            .map(SpanReceiver.Span::trace)
            .collect(Collectors.toSet());
    return spans.stream().filter(span -> uploads.contains(span.trace())).toList();
  }

  /** Each party has heard of the input and of all messages of the other; the gateway of shares. */
  private static boolean isWhole(List<SpanReceiver.Span> spans, int rounds) {
    return count(spans, "maskwire-party0", "inputs") >= 1
        && count(spans, "maskwire-party1", "inputs") >= 1
        && count(spans, "maskwire-party0", "to-party0") >= rounds
        && count(spans, "maskwire-party1", "to-party1") >= rounds
        && count(spans, "maskwire-gateway", "results") >= 2
        && count(spans, "maskwire-gateway", "sessions") >= 1;
  }

  private static long count(List<SpanReceiver.Span> spans, String service, String topic) {
    return spans.stream()
        .filter(span -> span.service().equals(service))
        .filter(span -> span.attribute(TOPIC).equals(topic))
        .count();
  }

  private static String[] secrets(TestStack stack, RemoteInference.Prepared prepared) {
    List<String> secrets = new ArrayList<>(List.of(prepared.session().token()));
    for (String function : stack.functions()) {
      Properties settings = DomainAccess.settings(stack.settings(function));
      for (String name : settings.stringPropertyNames()) {
        String value = settings.getProperty(name);
        if (value.startsWith("http") && URI.create(value).getQuery() != null) {
          SIGNATURE.matcher(value).results().forEach(found -> secrets.add(found.group(1)));
        }
        PASSWORD.matcher(value).results().forEach(found -> secrets.add(found.group(1)));
      }
    }
    assertThat(secrets).hasSizeGreaterThan(stack.functions().size());
    return secrets.toArray(String[]::new);
  }
}
