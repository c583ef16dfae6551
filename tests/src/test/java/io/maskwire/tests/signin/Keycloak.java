package io.maskwire.tests.signin;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Keycloak of this test run, in development mode: nothing of it is kept. */
final class Keycloak implements AutoCloseable {
  private static final String LISTENING = "Listening on: ";
  private static final String ADMINISTRATOR = "administrator";
  private static final String PASSWORD = "password of the administrator";

  private final Process process;
  private final URI address;

  private Keycloak(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it, and returns when it listens. The first start after it was unpacked builds first.
   *
   * @param log receives what it says
   * @throws IllegalStateException if it is not unpacked, or ends
   */
  static Keycloak start(Path log) throws IOException {
    int port = freePort();
    Process process =
        run(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR,
                "KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD),
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--db=dev-mem");
    Keycloak started = new Keycloak(process, URI.create("http://127.0.0.1:" + port));
    // A test that is given up while this starts has nothing to close.
    Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop Keycloak"));
    if (!started.isListening(log)) {
      started.close();
      throw new IllegalStateException("Keycloak did not start; see " + log);
    }
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process run(Map<String, String> environment, String... options)
      throws IOException {
    String home = System.getProperty("keycloak.home");
    if (home == null) {
      throw new IllegalStateException("no Keycloak: run these tests with -Pkeycloak");
    }
    Stream<String> command = Stream.of(Path.of(home, "bin", "kc.sh").toString(), "start-dev");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(command, Stream.of(options)).toList());
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).start();
  }

  /** Waits for the line that says so; what comes after it goes to {@code log} too. */
  private boolean isListening(Path log) throws IOException {
    BufferedReader lines = process.inputReader();
    BufferedWriter writer = Files.newBufferedWriter(log);
    boolean listening = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      writer.append(line).append('\n').flush();
      if (line.contains(LISTENING)) {
        listening = true;
        break;
      }
    }
    Thread.ofVirtual().name("log of Keycloak").start(() -> drain(lines, writer));
    return listening;
  }

  private static void drain(BufferedReader lines, BufferedWriter writer) {
    try (lines;
        writer) {
      lines.transferTo(writer);
    } catch (IOException _) {
      // It was stopped.
    }
  }

  /** Its realm {@code name}. */
  KeycloakRealm realm(String name) {
    return new KeycloakRealm(this, name);
  }

  /** An address below its root. */
  URI at(String path) {
    return address.resolve(path);
  }

  /** A request of the administrator's. */
  RequestSpecification administrator() {
    String token =
        given()
            .formParams(
                Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "admin-cli",
                    "username",
                    ADMINISTRATOR,
                    "password",
                    PASSWORD))
            .post(at("/realms/master/protocol/openid-connect/token"))
            .then()
            .statusCode(200)
            .extract()
            .path("access_token");
    return given().auth().oauth2(token).contentType("application/json");
  }

  /** Stops its script, and the server that the script runs. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    all.forEach(each -> each.onExit().join());
  }
}
