package org.nutjvm.tools.scanner;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What answers a `<SCAN_REQUEST/>` (tools/nut-scanner/scan_xml_http.c: startelm_cb): its root element has the type of
/// the network card.
///
/// @param type empty if this is no answer that netxml-ups understands
/// @param why it is not, for the user; empty if it is
record XmlAnswer(String type, String why) {
    /// Devices of this class speak a later version of the protocol.
    private static final String TOO_NEW = "DEV.PDU";

    /// No answer nests deeper or comes with entities: only the root element is looked at, and a document type is
    /// refused.
    static XmlAnswer of(byte[] datagram, int length) {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try {
            // Bytes that are none of UTF-8 the parser would tell of on standard error.
            var text = new String(datagram, 0, length, StandardCharsets.UTF_8);
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            try {
                return root(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            return new XmlAnswer("", "its answer is no XML");
        }
    }

    private static XmlAnswer root(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT) {
                String type = "";
                for (int i = 0; i < reader.getAttributeCount(); i++) {
                    String name = reader.getAttributeLocalName(i);
                    if (name.equals("class") && reader.getAttributeValue(i).equals(TOO_NEW)) {
                        return new XmlAnswer("", "it is a PDU, which speaks a version that netxml-ups does not");
                    }
                    type = name.equals("type") ? reader.getAttributeValue(i) : type;
                }
                return new XmlAnswer(type, type.isEmpty() ? "its answer does not tell its type" : "");
            }
        }
        return new XmlAnswer("", "its answer is empty");
    }
}
