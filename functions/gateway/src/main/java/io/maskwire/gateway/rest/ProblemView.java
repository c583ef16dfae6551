package io.maskwire.gateway.rest;

import io.maskwire.gateway.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What every failed request is answered with.
 *
 * @param error for programs
 * @param message for people
 */
@RegisterForReflection
@Schema(name = "Problem", description = "Why a request failed")
public record ProblemView(
    @Schema(description = "code for programs", examples = "stock-empty") String error,
    @Schema(description = "text for people") String message) {
  private static final int RETRY_SECONDS = 1;

  static Response of(Problem problem, String message) {
    Response.ResponseBuilder answer = of(problem.status(), problem.code(), message);
    if (problem.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (problem.status() == 503) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return answer.build();
  }

  static Response.ResponseBuilder of(int status, String error, String message) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(new ProblemView(error, message));
  }
}
