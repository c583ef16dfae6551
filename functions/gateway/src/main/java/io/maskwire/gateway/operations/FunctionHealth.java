package io.maskwire.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks functions how they are, all at once, and none for long. */
public final class FunctionHealth {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String DEALER = "dealer";

  private final Map<String, URI> functions;

  /** Asks {@code functions}, addresses by the instances' names. */
  public FunctionHealth(Map<String, URI> functions) {
    this.functions = Map.copyOf(functions);
  }

  /** All functions, by name. */
  public List<FunctionStatus> all() {
    try (HttpClient client = client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<FunctionStatus>> asked = new ArrayList<>();
      new TreeMap<>(functions)
          .forEach((name, url) -> asked.add(threads.submit(() -> ask(client, name, url))));
      List<FunctionStatus> answers = new ArrayList<>();
      for (Future<FunctionStatus> each : asked) {
        answers.add(each.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a function could not be asked", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(TIMEOUT)
        .build();
  }

  private static FunctionStatus ask(HttpClient client, String name, URI url)
      throws InterruptedException {
    long start = System.nanoTime();
    try {
      HttpResponse<byte[]> health = get(client, url, "/q/health");
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      List<String> failed = failedChecks(health.body());
      boolean up = health.statusCode() == 200 && failed.isEmpty();
      return new FunctionStatus(
          name,
          up ? FunctionStatus.State.UP : FunctionStatus.State.DEGRADED,
          millis,
          failed,
          RefusalCounts.in(new String(get(client, url, "/q/metrics").body(), UTF_8)));
    } catch (IOException | IllegalArgumentException _) {
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      return new FunctionStatus(name, FunctionStatus.State.DOWN, millis, List.of(), Map.of());
    }
  }

  private static HttpResponse<byte[]> get(HttpClient client, URI url, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url.toString().replaceFirst("/$", "") + path))
            .timeout(TIMEOUT)
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static List<String> failedChecks(byte[] health) {
    List<String> failed = new ArrayList<>();
    for (JsonNode check : JsonObject.parse(health, "a function's health").tree().path("checks")) {
      if (!check.path("status").asText().equals("UP")) {
        failed.add(check.path("name").asText());
      }
    }
    return failed;
  }

  /**
   * The dealer's stock, as it says itself.
   *
   * @throws ProblemException if it does not answer
   */
  public JsonNode stock() {
    URI dealer = functions.get(DEALER);
    if (dealer == null) {
      throw new ProblemException(
          Problem.UNAVAILABLE,
          "the dealer's address is not set: maskwire.gateway.functions.dealer");
    }
    try (HttpClient client = client()) {
      return JsonObject.parse(get(client, dealer, "/stock").body(), "the dealer's stock").tree();
    } catch (IOException | IllegalArgumentException e) {
      throw new ProblemException(
          Problem.UNAVAILABLE, "the dealer does not answer at the moment", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
