package io.maskwire.tests.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** The page's client library, loaded into a blank page of a secure context. */
final class BrowserClient implements AutoCloseable {
  private static final String ORIGIN = "http://localhost:1/";

  private final Page page;

  BrowserClient(Chromium chromium, Path library) {
    if (!Files.exists(library)) {
      throw new IllegalStateException(library + " is missing: these tests run after 'package'");
    }
    page = chromium.browser().newPage();
    page.route(
        ORIGIN + "vectors.js",
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/javascript").setPath(library)));
    page.route(
        ORIGIN,
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/html").setBody("<!doctype html>")));
    page.navigate(ORIGIN);
  }

  /** Calls an exported function; arrays of bytes travel as base64. */
  Object call(String function, Object... arguments) {
    return page.evaluate(
        "async ([name, values]) => (await import('./vectors.js'))[name](...values)",
        List.of(function, List.of(arguments)));
  }

  byte[] bytes(String function, Object... arguments) {
    return Base64.getDecoder().decode((String) call(function, arguments));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() {
    page.close();
  }
}
