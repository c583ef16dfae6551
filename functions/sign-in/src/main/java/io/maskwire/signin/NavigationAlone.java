package io.maskwire.signin;

import io.quarkus.oidc.JavaScriptRequestChecker;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Only a browser that goes to a page is sent on to the provider. What a page fetches would get a
 * foreign document for an answer, and is told that nobody is signed in.
 */
@Singleton
public final class NavigationAlone implements JavaScriptRequestChecker {
  private static final String MODE = "Sec-Fetch-Mode";
  private static final String NAVIGATION = "navigate";

  @Override
  public boolean isJavaScriptRequest(RoutingContext context) {
    String mode = context.request().getHeader(MODE);
    return mode != null && !mode.equals(NAVIGATION);
  }
}
