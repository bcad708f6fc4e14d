package io.taskhub.task.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 of JSON values that does not care for the order of keys, blanks, escapes or how a number is written (1, 1.0 and 1e0
 * are one). Every part is written with its kind and length, so no two different values feed the digest the same bytes.
 */
public final class CanonicalJson {
    private final MessageDigest digest;

    private CanonicalJson() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** 64 hex digits over {@code scope} and the value. */
    public static String sha256(JsonNode value, String... scope) {
        var hash = new CanonicalJson();
        for (String part : scope) {
            hash.text('k', part);
        }
        hash.value(value);
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                List<String> names = new ArrayList<>(node.size());
                node.fieldNames().forEachRemaining(names::add);
                Collections.sort(names);
                head('o', names.size());
                for (String name : names) {
                    text('k', name);
                    value(node.get(name));
                }
            }
            case ARRAY -> {
                head('a', node.size());
                node.forEach(this::value);
            }
            case STRING -> text('s', node.textValue());
            case NUMBER -> text('n', number(node.decimalValue()));
            case BOOLEAN -> head('b', node.booleanValue() ? 1 : 0);
            case NULL, MISSING, BINARY, POJO -> head('0', 0);
        }
    }

    /** Near the end of the exponent's range there is no room to move zeros there. */
    private static String number(BigDecimal value) {
        boolean hasRoom = Math.abs((long) value.scale()) < Integer.MAX_VALUE - value.precision();
        return (hasRoom ? value.stripTrailingZeros() : value).toString();
    }

    private void text(char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head(kind, bytes.length);
        digest.update(bytes);
    }

    private void head(char kind, int length) {
        digest.update(new byte[] {
            (byte) kind, (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        });
    }
}
