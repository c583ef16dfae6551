package io.maskwire.tests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import io.maskwire.cli.stack.StackAddress;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.tests.Cli;
import io.maskwire.tests.Repository;
import io.maskwire.tests.StackProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** A running system whose processes can be killed and stopped, seen with every domain's rights. */
public final class TestStack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final StackAddress address;
  private final Optional<LocalStackProcess> own;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Domain, DomainAccess> domains = new EnumMap<>(Domain.class);

  private TestStack(StackAddress address, Optional<LocalStackProcess> own) {
    this.address = address;
    this.own = own;
  }

  /** One that runs already and goes on, whose data are in {@code folder}. */
  static TestStack running(Path folder) throws IOException {
    System.setProperty("maskwire.home", Repository.root().toString());
    return new TestStack(StackAddress.read(folder), Optional.empty());
  }

  /** Starts one; its data are in {@code folder}. */
  static TestStack start(StackOptions options) throws IOException {
    return start(options, Map.of());
  }

  /** As {@link #start(StackOptions)}, with variables in the environment of all functions. */
  static TestStack start(StackOptions options, Map<String, String> environment) throws IOException {
    System.setProperty("maskwire.home", Repository.root().toString());
    LocalStackProcess own = LocalStackProcess.start(options, environment, line -> {});
    return new TestStack(own.address(), Optional.of(own));
  }

  /** Its data. */
  public Path folder() {
    return address.data();
  }

  /** Where it is. */
  public StackAddress address() {
    return address;
  }

  /** Publishes {@code model} under {@code name}. */
  public void publish(Path model, String name) {
    JsonNode published =
        Cli.run("publish", model, "--name", name, "--data", folder(), "--json").json();
    assertThat(published.get("model").asText()).isEqualTo(name);
  }

  /** Broker and store with the rights of {@code domain}. */
  DomainAccess as(Domain domain) {
    return domains.computeIfAbsent(
        domain,
        any ->
            DomainAccess.of(
                settings(
                    switch (domain) {
                      case OWNER -> "party0";
                      case USER -> "gateway";
                      case DEALER -> "dealer";
                    })));
  }

  /** What the function {@code name} was started with. */
  public Path settings(String name) {
    return folder().resolve("functions").resolve(name + ".properties");
  }

  /** The functions' instances. */
  public List<String> functions() {
    try (Stream<Path> files = Files.list(folder().resolve("functions"))) {
      return files.map(file -> file.getFileName().toString().replace(".properties", "")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process {@code name}, once it runs. */
  ProcessHandle process(String name) {
    return await(
        name + " runs", () -> StackProcesses.find(folder(), name).filter(ProcessHandle::isAlive));
  }

  /** As {@code kill -9} does; returns when it is gone. The stack starts it again. */
  public void kill(String name) {
    ProcessHandle victim = process(name);
    assertThat(victim.destroyForcibly()).as("%s can be killed", name).isTrue();
    victim.onExit().join();
  }

  /** Tells {@code name} to stop, as an operator does; the stack starts it again. */
  void terminate(String name) {
    ProcessHandle victim = process(name);
    signal(name, "TERM");
    victim.onExit().join();
  }

  /** Holds {@code name} for {@code time}: it neither works nor closes its connections. */
  void hold(String name, Duration time) throws InterruptedException {
    signal(name, "STOP");
    try {
      // How long the fault lasts; nothing is waited for.
      Thread.sleep(time);
    } finally {
      signal(name, "CONT");
    }
  }

  private void signal(String name, String signal) {
    try {
      String pid = Long.toString(process(name).pid());
      Process kill = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start();
      assertThat(kill.waitFor()).as("kill -%s %s", signal, name).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until every function says that it can work, with broker and store. */
  void awaitReady() {
    for (String function : functions()) {
      URI ready = at(function, "/q/health/ready");
      await(function + " is ready", () -> isReady(ready) ? Optional.of(true) : Optional.empty());
    }
  }

  private boolean isReady(URI ready) throws InterruptedException {
    try {
      return get(ready).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /** An address of the function {@code name}. */
  public URI at(String name, String path) {
    String port = DomainAccess.settings(settings(name)).getProperty("quarkus.http.port");
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Asks without a token. */
  public HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address).timeout(ANSWER).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Looks until there is something; fails saying {@code what} if there is nothing for too long. */
  public static <T> T await(String what, Callable<Optional<T>> look) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        Optional<T> found = look.call();
        if (found.isPresent()) {
          return found.get();
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError("not after %d s: %s".formatted(PATIENCE.toSeconds(), what));
        }
        Thread.sleep(PAUSE);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(what, e);
    }
  }

  @Override
  public void close() {
    domains.values().forEach(DomainAccess::close);
    http.close();
    own.ifPresent(LocalStackProcess::close);
  }
}
