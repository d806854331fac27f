package org.nutjvm.drivers.netxml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads the documents of a card (drivers/mge-xml.c: `mge_xml_*_cb`). They come from the network: no document type,
/// no entities but XML's own, and limits on everything.
final class PageReader {
    private static final int DEPTH_LIMIT = 16;
    private static final int OBJECTS_LIMIT = 4096;
    private static final int VALUE_LIMIT = 255;
    private static final int ATTRIBUTES_LIMIT = 64;
    private static final int LONGEST_DECLARATION = 256;

    private final XMLInputFactory factory;

    PageReader() {
        factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("no entities are taken from outside");
        });
    }

    /// @throws IOException if it is no XML, or more than a card has to say
    Page read(byte[] document) throws IOException {
        try {
            var reader = factory.createXMLStreamReader(new StringReader(text(document)));
            try {
                return new Reading().read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | CharacterCodingException e) {
            throw new IOException("what it sent is not well-formed XML", e);
        }
    }

    /// The letters of a document. The parser would tell of malformed ones on standard error, as often as they come.
    private static String text(byte[] document) throws CharacterCodingException {
        String text =
                charset(document).newDecoder().decode(ByteBuffer.wrap(document)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// What the document says it is written in: UTF-8 if it says nothing, or nothing known.
    private static Charset charset(byte[] document) {
        if (document.length >= 2 && (document[0] & document[1] & 0xff) == 0xfe && document[0] != document[1]) {
            return StandardCharsets.UTF_16;
        }
        String beginning =
                new String(document, 0, Math.min(document.length, LONGEST_DECLARATION), StandardCharsets.ISO_8859_1);
        int declared =
                beginning.substring(0, Math.max(0, beginning.indexOf("?>"))).indexOf(" encoding");
        String rest = declared < 0 ? "" : beginning.substring(declared);
        int quote = rest.replace('"', '\'').indexOf('\'');
        int end = quote < 0 ? -1 : rest.indexOf(rest.charAt(quote), quote + 1);
        try {
            return end < 0 ? StandardCharsets.UTF_8 : Charset.forName(rest.substring(quote + 1, end));
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /// One document being read.
    private static final class Reading {
        private final List<String> path = new ArrayList<>();
        private Map<String, String> attributes = Map.of();
        private Map<String, String> client = Map.of();
        private final Map<String, String> urls = new HashMap<>();
        private final List<Page.Told> objects = new ArrayList<>();
        private @Nullable String name;
        private final StringBuilder value = new StringBuilder();

        Page read(XMLStreamReader reader) throws XMLStreamException, IOException {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start(reader);
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (name != null && value.length() < VALUE_LIMIT) {
                            value.append(reader.getText());
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new IOException("what it sent has a document type or entities of its own");
                    default -> {}
                }
            }
            return new Page(root, attributes, urls, objects, client);
        }

        private String root = "";

        private void start(XMLStreamReader reader) throws IOException {
            String element = reader.getLocalName().toUpperCase(Locale.ROOT);
            path.add(element);
            if (path.size() > DEPTH_LIMIT || reader.getAttributeCount() > ATTRIBUTES_LIMIT) {
                throw new IOException("what it sent is nested too deeply");
            }
            if (path.size() == 1) {
                root = element;
                attributes = attributes(reader);
                if (root.equals("ALARM")) {
                    object(attributes, "object", "value");
                }
            } else if (path.size() == 2 && element.equals("OBJECT")) {
                name = attribute(reader, "name");
                value.setLength(0);
            } else if (root.equals("PRODUCT_INFO") && path.size() == 3) {
                String url = attribute(reader, "url");
                if (url != null) {
                    urls.putIfAbsent(path.get(1) + '/' + element, url(url));
                }
            } else if (root.equals("XML-CLIENT") && element.equals("SHUTDOWN")) {
                client = attributes(reader);
            }
        }

        private void object(Map<String, String> from, String nameOf, String valueOf) {
            String told = from.get(nameOf);
            String what = from.get(valueOf);
            if (told != null && what != null && !what.isEmpty()) {
                objects.add(new Page.Told(told, what));
            }
        }

        private void end() throws IOException {
            if (path.size() == 2 && name != null) {
                String text = value.toString().strip();
                if (!text.isEmpty()) {
                    objects.add(
                            new Page.Told(name, text.length() > VALUE_LIMIT ? text.substring(0, VALUE_LIMIT) : text));
                }
                if (objects.size() > OBJECTS_LIMIT) {
                    throw new IOException("it sent more than " + OBJECTS_LIMIT + " objects");
                }
                name = null;
            }
            path.removeLast();
        }

        private static Map<String, String> attributes(XMLStreamReader reader) {
            var all = new HashMap<String, String>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                all.put(reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT), reader.getAttributeValue(i));
            }
            return all;
        }

        private static @Nullable String attribute(XMLStreamReader reader, String wanted) {
            return attributes(reader).get(wanted);
        }

        /// The first word, as a path.
        private static String url(String text) {
            String stripped = text.strip();
            int end = 0;
            while (end < stripped.length() && stripped.charAt(end) > ' ') {
                end++;
            }
            String word = stripped.substring(0, end);
            return word.startsWith("/") ? word : '/' + word;
        }
    }
}
