package io.maskwire.infra.process;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Stands for a function: reads its settings as Quarkus would, says that it is ready, and waits. */
public final class FakeFunction {
  private FakeFunction() {}

  /** Serves until it is told to stop; {@code die} as an argument ends it at once. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals("die")) {
      System.out.println("this is why");
      System.exit(7);
    }
    Properties settings = new Properties();
    try (InputStream in =
        Files.newInputStream(Path.of(System.getProperty("quarkus.config.locations")))) {
      settings.load(in);
    }
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByName(settings.getProperty("quarkus.http.host")),
                Integer.parseInt(settings.getProperty("quarkus.http.port"))),
            0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /** Writes a jar that runs this class, where a function's jar would be. */
  public static void install(Path jar) throws IOException {
    Files.createDirectories(jar.resolveSibling(""));
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, FakeFunction.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        FakeFunction.class.getProtectionDomain().getCodeSource().getLocation().toString());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.finish();
    }
  }
}
