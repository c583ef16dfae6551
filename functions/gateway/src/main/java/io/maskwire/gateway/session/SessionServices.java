package io.maskwire.gateway.session;

/**
 * What an open session is served by.
 *
 * @param uploads takes its input
 * @param states tells where it is
 * @param results has its result shares
 * @param progress tells of rounds
 */
public record SessionServices(
    InputUploads uploads, SessionStates states, Results results, Progress progress) {}
