package io.maskwire.compiler.console;

import io.maskwire.compiler.function.Problem;
import io.maskwire.compiler.function.RefusedException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Changes come from the console's own page, or from programs: a page of another site that the owner
 * has open can send forms here too, and browsers say so.
 */
public class ForeignSites {
  private static final String SITE = "Sec-Fetch-Site";
  private static final String SAME = "same-origin";

  /** Refuses what another site's page has sent. */
  @ServerRequestFilter
  public void refuse(ContainerRequestContext request) {
    String site = request.getHeaderString(SITE);
    if (site != null && !site.equals(SAME) && !request.getMethod().equals(HttpMethod.GET)) {
      throw new RefusedException(
          Problem.FOREIGN_SITE, "a page of another site sent this: open the console itself");
    }
  }
}
