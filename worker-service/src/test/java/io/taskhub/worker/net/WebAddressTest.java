package io.taskhub.worker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WebAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://a.test/x, http://a.test/x",
        "HTTPS://a.test, https://a.test/",
        "http://a.test:8080/a b.png, http://a.test:8080/a%20b.png",
        "http://a.test/über?q=ä#top, http://a.test/%C3%BCber?q=%C3%A4",
        "http://a.test/100%, http://a.test/100%25",
        "http://a.test/a%20b|c, http://a.test/a%20b%7Cc",
        "http://münchen.test/, http://xn--mnchen-3ya.test/",
        "http://[::1]:80/, http://[::1]:80/",
    })
    void addresses_are_read_as_pages_have_them(String text, String expected) throws Exception {
        assertThat(WebAddress.of(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "img.png, http://a.test/talks/img.png",
        "../img.png, http://a.test/img.png",
        "/img.png?w=1&h=2, http://a.test/img.png?w=1&h=2",
        "//b.test/img.png, http://b.test/img.png",
        "?page=2, http://a.test/talks/one?page=2",
        "https://b.test/x, https://b.test/x",
    })
    void references_are_read_from_where_they_stand(String reference, String expected) throws Exception {
        assertThat(WebAddress.of(URI.create("http://a.test/talks/one?q=1"), reference))
                .hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.test",
                "/x",
                "ftp://a.test/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "http://",
                "http:///x",
                "http://a.test:99999/",
                "http://a.test:0/",
                "http://a b/",
                "http://0x7f.1/"
            })
    void all_else_is_refused(String text) {
        assertThatThrownBy(() -> WebAddress.of(text)).isInstanceOf(FetchRefusedException.class);
    }

    @Test
    void credentials_are_refused() {
        assertThatThrownBy(() -> WebAddress.of("http://user:secret@a.test/"))
                .isInstanceOf(FetchRefusedException.class)
                .hasMessage("credentials in a url are refused");
    }
}
