/**
 * What the functions agree on, and nothing that only one of them needs: names of models and
 * versions. Functions never import each other; they meet in the topics and containers that are
 * named here. Read {@link io.maskwire.exchange.ModelVersionName}, then {@code event}, {@code
 * store}, {@code seal}.
 */
@NullMarked
package io.maskwire.exchange;

import org.jspecify.annotations.NullMarked;
