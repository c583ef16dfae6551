package io.maskwire.tests.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The page of a gateway in a browser profile of its own, as its user sees it. */
public final class InferencePage implements AutoCloseable {
  /** Of one answer of the page; two cores run browser, functions and broker. */
  private static final double PATIENCE_MILLIS = 120_000;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  InferencePage(Chromium chromium, URI gateway, int width, ColorScheme scheme) {
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 900)
                    .setColorScheme(scheme)
                    .setTimezoneId("UTC")
                    .setBaseURL(gateway.toString()));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
  }

  /** In a window of a desk. */
  public static InferencePage wide(Chromium chromium, URI gateway) {
    return new InferencePage(chromium, gateway, 1440, ColorScheme.LIGHT);
  }

  InferencePage open() {
    page.navigate("/");
    return this;
  }

  /** The page as the browser has it. */
  public Page page() {
    return page;
  }

  InferencePage model(String name) {
    page.locator("input[name=model][value='%s']".formatted(name)).check();
    return this;
  }

  /** Chooses a file and waits until it is prepared. */
  public InferencePage choose(Path file) {
    offer(file);
    page.locator("#run:enabled").waitFor();
    return this;
  }

  /** Chooses a file that may be refused. */
  InferencePage offer(Path file) {
    awaitModels();
    page.locator("#file").setInputFiles(file);
    return this;
  }

  /** Waits until a file can be chosen. */
  void awaitModels() {
    Locator.WaitForOptions attached = new Locator.WaitForOptions();
    page.locator("#file:enabled").waitFor(attached.setState(WaitForSelectorState.ATTACHED));
  }

  /** Analyses what is chosen. */
  public InferencePage run() {
    page.locator("#run").click();
    return this;
  }

  /** The best class, when the result is there. */
  public String label() {
    return page.locator("#best").textContent();
  }

  /** What the page says is wrong, by its name. */
  public String trouble() {
    return String.valueOf(page.locator("[data-trouble]").getAttribute("data-trouble"));
  }

  /** Errors of scripts, and refusals of the content security policy. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    context.close();
  }
}
