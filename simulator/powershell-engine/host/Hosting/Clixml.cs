using System.Management.Automation;
using System.Text;
using System.Xml;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>
/// The document that powershell.exe writes to a redirected stderr when its command was encoded: the line
/// <c>#&lt; CLIXML</c>, then one <c>Objs</c> element with a record for everything that it shows
/// (MS-PSRP 2.2.5.1).
/// </summary>
internal sealed class Clixml
{
    private const string Namespace = "http://schemas.microsoft.com/powershell/2004/04";

    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, CheckCharacters = false };

    private XmlWriter? writer;
    private int lastReference = -1;

    /// <summary>Adds a text of one of the streams.</summary>
    public void WriteText(string stream, string text)
    {
        var xml = Begin();
        xml.WriteStartElement("S");
        xml.WriteAttributeString("S", stream);
        xml.WriteString(Escape(text));
        xml.WriteEndElement();
        xml.Flush();
    }

    /// <summary>Adds a progress record.</summary>
    public void WriteProgress(long sourceId, ProgressRecord record)
    {
        var xml = Begin();
        lastReference++;
        xml.WriteStartElement("Obj");
        xml.WriteAttributeString("S", "progress");
        xml.WriteAttributeString("RefId", XmlConvert.ToString(lastReference));
        WriteTypeNames(xml);
        xml.WriteStartElement("MS");
        xml.WriteStartElement("I64");
        xml.WriteAttributeString("N", "SourceId");
        xml.WriteString(XmlConvert.ToString(sourceId));
        xml.WriteEndElement();
        xml.WriteStartElement("PR");
        xml.WriteAttributeString("N", "Record");
        WriteRecord(xml, record);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.Flush();
    }

    /// <summary>Completes the document, if one was begun.</summary>
    public void End()
    {
        writer?.Dispose();
        writer = null;
    }

    private XmlWriter Begin()
    {
        if (writer is not null) return writer;
        Console.Error.WriteLine("#< CLIXML");
        writer = XmlWriter.Create(Console.Error, Settings);
        writer.WriteStartElement("Objs", Namespace);
        writer.WriteAttributeString("Version", "1.1.0.1");
        return writer;
    }

    private void WriteTypeNames(XmlWriter xml)
    {
        // Given once in a document, then referred to.
        xml.WriteStartElement(lastReference == 0 ? "TN" : "TNRef");
        xml.WriteAttributeString("RefId", "0");
        if (lastReference == 0)
        {
            xml.WriteElementString("T", "System.Management.Automation.PSCustomObject");
            xml.WriteElementString("T", "System.Object");
        }
        xml.WriteEndElement();
    }

    /// <summary>MS-PSRP 2.2.5.1.25.</summary>
    private static void WriteRecord(XmlWriter xml, ProgressRecord record)
    {
        xml.WriteElementString("AV", Escape(record.Activity));
        xml.WriteElementString("AI", XmlConvert.ToString(record.ActivityId));
        if (string.IsNullOrEmpty(record.CurrentOperation)) xml.WriteElementString("Nil", null);
        else xml.WriteElementString("S", Escape(record.CurrentOperation));
        xml.WriteElementString("PI", XmlConvert.ToString(record.ParentActivityId));
        xml.WriteElementString("PC", XmlConvert.ToString(record.PercentComplete));
        xml.WriteElementString("T", record.RecordType.ToString());
        xml.WriteElementString("SR", XmlConvert.ToString(record.SecondsRemaining));
        xml.WriteElementString("SD", Escape(record.StatusDescription));
    }

    /// <summary>Control characters, and what could be taken for their escape, as <c>_xHHHH_</c> (2.2.5.3.2).</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            var isEscape = character == '_' && index + 1 < text.Length && text[index + 1] is 'x' or 'X';
            if (isEscape || char.IsControl(character) || char.IsSurrogate(character))
            {
                escaped.Append("_x").Append(((int)character).ToString("X4")).Append('_');
            }
            else
            {
                escaped.Append(character);
            }
        }
        return escaped.ToString();
    }
}
