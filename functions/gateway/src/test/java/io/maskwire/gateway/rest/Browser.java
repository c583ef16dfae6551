package io.maskwire.gateway.rest;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser does for its user: keeps cookies, goes where it is sent. */
final class Browser {
  private static final Pattern PARAMETER = Pattern.compile("[?&]([a-z_]+)=([^&]*)");

  private final Map<String, String> cookies = new HashMap<>();

  /** A request with the cookies, whose redirects are not followed. */
  RequestSpecification fetch() {
    return given().cookies(cookies).redirects().follow(false);
  }

  /** Goes to a page, one step. */
  Response go(String address) {
    return kept(fetch().urlEncodingEnabled(false).get(address));
  }

  private Response kept(Response response) {
    for (String set : response.getHeaders().getValues("Set-Cookie")) {
      String[] pair = set.split(";", 2)[0].split("=", 2);
      if (pair[1].isEmpty()) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
    return response;
  }

  /** Goes to {@code path}, signs in at the provider, and is back there. */
  Response signIn(String path) {
    return go(signInUntilBack(path).header("Location"));
  }

  /** The answer to whom the provider has sent back: a session, and the way to {@code path}. */
  Response signInUntilBack(String path) {
    String provider = go(path).then().statusCode(302).extract().header("Location");
    Map<String, String> asked = parameters(provider);
    String back =
        given()
            .redirects()
            .follow(false)
            .queryParam("state", asked.get("state"))
            .queryParam("redirect_uri", asked.get("redirect_uri"))
            .get(URI.create(provider).resolve("/login"))
            .then()
            .statusCode(302)
            .extract()
            .header("Location");
    Response answer = go(back);
    answer.then().statusCode(302);
    return answer;
  }

  static Map<String, String> parameters(String address) {
    Map<String, String> all = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(address);
    while (matcher.find()) {
      all.put(matcher.group(1), URLDecoder.decode(matcher.group(2), StandardCharsets.UTF_8));
    }
    return all;
  }
}
