package io.maskwire.gateway.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the description of the interface starts with. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "maskwire gateway",
            version = "1",
            description =
                "Private inference in five calls: open a session, get its masks from the dealer,"
                    + " mask and seal the input on your machine, upload it, get the sealed result"
                    + " shares and unmask them on your machine. The gateway gets no input and no"
                    + " result in clear; you have to trust who runs it, all the same: it says for"
                    + " whom you seal, and who gets masks."))
@SecurityScheme(
    securitySchemeName = "access-token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description = "an access token of the sign-in provider, for this gateway; for programs")
@SecurityScheme(
    securitySchemeName = "session-cookie",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.COOKIE,
    apiKeyName = "q_session",
    description = "what signing in at /sign-in gives; for browsers")
@SecurityScheme(
    securitySchemeName = "session-token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description = "the token that opening a session gives")
public class Api extends Application {}
