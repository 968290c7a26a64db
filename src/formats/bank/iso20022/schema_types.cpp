// Elements and texts of the ISO 20022 messages that are read, by their types:
// "{" in this order, "|" one of these; a name with ? may be missing, with * or + stands
// more than once; " is a text with its least and most letters, = one of codes, ~ a form,
// # a number with its places, @ a day, * anything, > a message. Made by schema_test.cpp.
#include "formats/bank/iso20022/schema.h"

namespace formats::bank::iso20022 {

namespace {

constexpr std::string_view kTypes = R"(
AccountIdentification4Choice | IBAN:IBAN2007Identifier Othr:GenericAccountIdentification1
AccountIdentificationSEPA { IBAN:IBAN2007Identifier
AccountInterest2 { Tp?:InterestType1Choice Rate*:Rate3 FrToDt?:DateTimePeriodDetails
  Rsn?:Max35Text
AccountInterest4 { Tp?:InterestType1Choice Rate*:Rate4 FrToDt?:DateTimePeriod1 Rsn?:Max35Text
  Tax?:TaxCharges2
AccountNotification17 { Id:Max35Text NtfctnPgntn?:Pagination1 ElctrncSeqNb?:Number
  RptgSeq?:SequenceRange1Choice LglSeqNb?:Number CreDtTm?:ISODateTime FrToDt?:DateTimePeriod1
  CpyDplctInd?:CopyDuplicate1Code RptgSrc?:ReportingSource1Choice Acct:CashAccount39
  RltdAcct?:CashAccount38 Intrst*:AccountInterest4 TxsSummry?:TotalTransactions6
  Ntry*:ReportEntry10 AddtlNtfctnInf?:Max500Text
AccountNotification2 { Id:Max35Text ElctrncSeqNb?:Number LglSeqNb?:Number CreDtTm:ISODateTime
  FrToDt?:DateTimePeriodDetails CpyDplctInd?:CopyDuplicate1Code RptgSrc?:ReportingSource1Choice
  Acct:CashAccount20 RltdAcct?:CashAccount16 Intrst*:AccountInterest2
  TxsSummry?:TotalTransactions2 Ntry*:ReportEntry2 AddtlNtfctnInf?:Max500Text
AccountNotification22 { Id:Max35Text NtfctnPgntn?:Pagination1 ElctrncSeqNb?:Number
  RptgSeq?:SequenceRange1Choice LglSeqNb?:Number CreDtTm?:ISODateTime FrToDt?:DateTimePeriod1
  CpyDplctInd?:CopyDuplicate1Code RptgSrc?:ReportingSource1Choice Acct:CashAccount43
  RltdAcct?:CashAccount40 Intrst*:AccountInterest4 TxsSummry?:TotalTransactions6
  Ntry*:ReportEntry14 AddtlNtfctnInf?:Max500Text
AccountNotification7 { Id:Max35Text NtfctnPgntn?:Pagination ElctrncSeqNb?:Number LglSeqNb?:Number
  CreDtTm:ISODateTime FrToDt?:DateTimePeriodDetails CpyDplctInd?:CopyDuplicate1Code
  RptgSrc?:ReportingSource1Choice Acct:CashAccount25 RltdAcct?:CashAccount24
  Intrst*:AccountInterest2 TxsSummry?:TotalTransactions4 Ntry*:ReportEntry4
  AddtlNtfctnInf?:Max500Text
AccountReport11 { Id:Max35Text ElctrncSeqNb?:Number LglSeqNb?:Number CreDtTm:ISODateTime
  FrToDt?:DateTimePeriodDetails CpyDplctInd?:CopyDuplicate1Code RptgSrc?:ReportingSource1Choice
  Acct:CashAccount20 RltdAcct?:CashAccount16 Intrst*:AccountInterest2 Bal*:CashBalance3
  TxsSummry?:TotalTransactions2 Ntry*:ReportEntry2 AddtlRptInf?:Max500Text
AccountReport25 { Id:Max35Text RptPgntn?:Pagination1 ElctrncSeqNb?:Number
  RptgSeq?:SequenceRange1Choice LglSeqNb?:Number CreDtTm?:ISODateTime FrToDt?:DateTimePeriod1
  CpyDplctInd?:CopyDuplicate1Code RptgSrc?:ReportingSource1Choice Acct:CashAccount39
  RltdAcct?:CashAccount38 Intrst*:AccountInterest4 Bal*:CashBalance8
  TxsSummry?:TotalTransactions6 Ntry*:ReportEntry10 AddtlRptInf?:Max500Text
AccountSchemeName1Choice | Cd:ExternalAccountIdentification1Code Prtry:Max35Text
AccountStatement13 { Id:Max35Text StmtPgntn?:Pagination1 ElctrncSeqNb?:Number
  RptgSeq?:SequenceRange1Choice LglSeqNb?:Number CreDtTm?:ISODateTime FrToDt?:DateTimePeriod1
  CpyDplctInd?:CopyDuplicate1Code RptgSrc?:ReportingSource1Choice Acct:CashAccount43
  RltdAcct?:CashAccount40 Intrst*:AccountInterest4 Bal+:CashBalance8
  TxsSummry?:TotalTransactions6 Ntry*:ReportEntry14 AddtlStmtInf?:Max500Text
AccountStatement2 { Id:Max35Text ElctrncSeqNb?:Number LglSeqNb?:Number CreDtTm:ISODateTime
  FrToDt?:DateTimePeriodDetails CpyDplctInd?:CopyDuplicate1Code RptgSrc?:ReportingSource1Choice
  Acct:CashAccount20 RltdAcct?:CashAccount16 Intrst*:AccountInterest2 Bal+:CashBalance3
  TxsSummry?:TotalTransactions2 Ntry*:ReportEntry2 AddtlStmtInf?:Max500Text
AccountStatement3 { Id:Max35Text StmtPgntn?:Pagination ElctrncSeqNb?:Number LglSeqNb?:Number
  CreDtTm:ISODateTime FrToDt?:DateTimePeriodDetails CpyDplctInd?:CopyDuplicate1Code
  RptgSrc?:ReportingSource1Choice Acct:CashAccount25 RltdAcct?:CashAccount24
  Intrst*:AccountInterest2 Bal+:CashBalance3-2 TxsSummry?:TotalTransactions2-2 Ntry*:ReportEntry3
  AddtlStmtInf?:Max500Text
AccountStatement4 { Id:Max35Text StmtPgntn?:Pagination ElctrncSeqNb?:Number LglSeqNb?:Number
  CreDtTm:ISODateTime FrToDt?:DateTimePeriodDetails CpyDplctInd?:CopyDuplicate1Code
  RptgSrc?:ReportingSource1Choice Acct:CashAccount25 RltdAcct?:CashAccount24
  Intrst*:AccountInterest2 Bal+:CashBalance3-2 TxsSummry?:TotalTransactions4 Ntry*:ReportEntry4
  AddtlStmtInf?:Max500Text
AccountStatement9 { Id:Max35Text StmtPgntn?:Pagination1 ElctrncSeqNb?:Number
  RptgSeq?:SequenceRange1Choice LglSeqNb?:Number CreDtTm?:ISODateTime FrToDt?:DateTimePeriod1
  CpyDplctInd?:CopyDuplicate1Code RptgSrc?:ReportingSource1Choice Acct:CashAccount39
  RltdAcct?:CashAccount38 Intrst*:AccountInterest4 Bal+:CashBalance8
  TxsSummry?:TotalTransactions6 Ntry*:ReportEntry10 AddtlStmtInf?:Max500Text
ActiveCurrencyAndAmount # 5
ActiveCurrencyCode ~ [A-Z]{3,3}
ActiveOrHistoricCurrencyAnd13DecimalAmount # 13
ActiveOrHistoricCurrencyAndAmount # 5
ActiveOrHistoricCurrencyAndAmountRange2 { Amt:ImpliedCurrencyAmountRange1Choice
  CdtDbtInd?:CreditDebitCode Ccy:ActiveOrHistoricCurrencyCode
ActiveOrHistoricCurrencyAndAmountSEPA # 2
ActiveOrHistoricCurrencyCode ~ [A-Z]{3,3}
AddressType2Code = ADDR PBOX HOME BIZZ MLTO DLVY
AddressType3Choice | Cd:AddressType2Code Prtry:GenericIdentification30
AlternateSecurityIdentification2 { Tp:Max35Text Id:Max35Text
AmendmentInformationDetails13 { OrgnlMndtId?:Max35Text OrgnlCdtrSchmeId?:PartyIdentification135
  OrgnlCdtrAgt?:BranchAndFinancialInstitutionIdentification6 OrgnlCdtrAgtAcct?:CashAccount38
  OrgnlDbtr?:PartyIdentification135 OrgnlDbtrAcct?:CashAccount38
  OrgnlDbtrAgt?:BranchAndFinancialInstitutionIdentification6 OrgnlDbtrAgtAcct?:CashAccount38
  OrgnlFnlColltnDt?:ISODate OrgnlFrqcy?:Frequency36Choice OrgnlRsn?:MandateSetupReason1Choice
  OrgnlTrckgDays?:Exact2NumericText
AmendmentInformationDetails14 { OrgnlMndtId?:Max35Text OrgnlCdtrSchmeId?:PartyIdentification135
  OrgnlCdtrAgt?:BranchAndFinancialInstitutionIdentification6 OrgnlCdtrAgtAcct?:CashAccount40
  OrgnlDbtr?:PartyIdentification135 OrgnlDbtrAcct?:CashAccount40
  OrgnlDbtrAgt?:BranchAndFinancialInstitutionIdentification6 OrgnlDbtrAgtAcct?:CashAccount40
  OrgnlFnlColltnDt?:ISODate OrgnlFrqcy?:Frequency36Choice OrgnlRsn?:MandateSetupReason1Choice
  OrgnlTrckgDays?:Exact2NumericText
AmendmentInformationDetails15 { OrgnlMndtId?:Max35Text OrgnlCdtrSchmeId?:PartyIdentification272
  OrgnlCdtrAgt?:BranchAndFinancialInstitutionIdentification8 OrgnlCdtrAgtAcct?:CashAccount40
  OrgnlDbtr?:PartyIdentification272 OrgnlDbtrAcct?:CashAccount40
  OrgnlDbtrAgt?:BranchAndFinancialInstitutionIdentification8 OrgnlDbtrAgtAcct?:CashAccount40
  OrgnlFnlColltnDt?:ISODate OrgnlFrqcy?:Frequency36Choice OrgnlRsn?:MandateSetupReason1Choice
  OrgnlTrckgDays?:Exact2NumericText
AmendmentInformationDetailsSEPA { OrgnlMndtId?:Max35Text
  OrgnlCdtrSchmeId?:PartyIdentificationSEPA4 OrgnlDbtrAcct?:CashAccountSEPA2
  OrgnlDbtrAgt?:BranchAndFinancialInstitutionIdentificationSEPA2
AmountAndCurrencyExchange3 { InstdAmt?:AmountAndCurrencyExchangeDetails3
  TxAmt?:AmountAndCurrencyExchangeDetails3 CntrValAmt?:AmountAndCurrencyExchangeDetails3
  AnncdPstngAmt?:AmountAndCurrencyExchangeDetails3 PrtryAmt*:AmountAndCurrencyExchangeDetails4
AmountAndCurrencyExchange4 { InstdAmt?:AmountAndCurrencyExchangeDetails5
  TxAmt?:AmountAndCurrencyExchangeDetails5 CntrValAmt?:AmountAndCurrencyExchangeDetails5
  AnncdPstngAmt?:AmountAndCurrencyExchangeDetails5 PrtryAmt*:AmountAndCurrencyExchangeDetails6
AmountAndCurrencyExchangeDetails3 { Amt:ActiveOrHistoricCurrencyAndAmount
  CcyXchg?:CurrencyExchange5
AmountAndCurrencyExchangeDetails4 { Tp:Max35Text Amt:ActiveOrHistoricCurrencyAndAmount
  CcyXchg?:CurrencyExchange5
AmountAndCurrencyExchangeDetails5 { Amt:ActiveOrHistoricCurrencyAndAmount
  CcyXchg?:CurrencyExchange24
AmountAndCurrencyExchangeDetails6 { Tp:Max35Text Amt:ActiveOrHistoricCurrencyAndAmount
  CcyXchg?:CurrencyExchange24
AmountAndDirection35 { Amt:NonNegativeDecimalNumber CdtDbtInd:CreditDebitCode
AmountRangeBoundary1 { BdryAmt:ImpliedCurrencyAndAmount Incl:YesNoIndicator
AmountType4Choice | InstdAmt:ActiveOrHistoricCurrencyAndAmount EqvtAmt:EquivalentAmount2
AmountTypeSEPA { InstdAmt:ActiveOrHistoricCurrencyAndAmountSEPA
AnyBICDec2014Identifier ~ [A-Z0-9]{4,4}[A-Z]{2,2}[A-Z0-9]{2,2}([A-Z0-9]{3,3}){0,1}
AnyBICIdentifier ~ [A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}
AttendanceContext1Code = ATTD SATT UATT
AuthenticationEntity1Code = ICCD AGNT MERC
AuthenticationMethod1Code = UKNW BYPS NPIN FPIN CPSG PPSG MANU MERC SCRT SNCT SCNL
BICFIDec2014Identifier ~ [A-Z0-9]{4,4}[A-Z]{2,2}[A-Z0-9]{2,2}([A-Z0-9]{3,3}){0,1}
BICFIIdentifier ~ [A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}
BICIdentifier ~ [A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}
BalanceSubType1Choice | Cd:ExternalBalanceSubType1Code Prtry:Max35Text
BalanceType10Choice | Cd:ExternalBalanceType1Code Prtry:Max35Text
BalanceType12 { CdOrPrtry:BalanceType5Choice SubTp?:BalanceSubType1Choice
BalanceType12Code = XPCD OPAV ITAV CLAV FWAV CLBD ITBD OPBD PRCD INFO
BalanceType13 { CdOrPrtry:BalanceType10Choice SubTp?:BalanceSubType1Choice
BalanceType5Choice | Cd:BalanceType12Code Prtry:Max35Text
BankToCustomerAccountReportV02 { GrpHdr:GroupHeader42 Rpt+:AccountReport11
BankToCustomerAccountReportV08 { GrpHdr:GroupHeader81 Rpt+:AccountReport25
  SplmtryData*:SupplementaryData1
BankToCustomerDebitCreditNotificationV02 { GrpHdr:GroupHeader42 Ntfctn+:AccountNotification2
BankToCustomerDebitCreditNotificationV04 { GrpHdr:GroupHeader58 Ntfctn+:AccountNotification7
  SplmtryData*:SupplementaryData1
BankToCustomerDebitCreditNotificationV08 { GrpHdr:GroupHeader81 Ntfctn+:AccountNotification17
  SplmtryData*:SupplementaryData1
BankToCustomerDebitCreditNotificationV12 { GrpHdr:GroupHeader116 Ntfctn+:AccountNotification22
  SplmtryData*:SupplementaryData1
BankToCustomerStatementV02 { GrpHdr:GroupHeader42 Stmt+:AccountStatement2
BankToCustomerStatementV03 { GrpHdr:GroupHeader58 Stmt+:AccountStatement3
  SplmtryData*:SupplementaryData1
BankToCustomerStatementV04 { GrpHdr:GroupHeader58 Stmt+:AccountStatement4
  SplmtryData*:SupplementaryData1
BankToCustomerStatementV08 { GrpHdr:GroupHeader81 Stmt+:AccountStatement9
  SplmtryData*:SupplementaryData1
BankToCustomerStatementV12 { GrpHdr:GroupHeader116 Stmt+:AccountStatement13
  SplmtryData*:SupplementaryData1
BankTransactionCodeStructure4 { Domn?:BankTransactionCodeStructure5
  Prtry?:ProprietaryBankTransactionCodeStructure1
BankTransactionCodeStructure5 { Cd:ExternalBankTransactionDomain1Code
  Fmly:BankTransactionCodeStructure6
BankTransactionCodeStructure6 { Cd:ExternalBankTransactionFamily1Code
  SubFmlyCd:ExternalBankTransactionSubFamily1Code
BaseOneRate # 10
BatchInformation2 { MsgId?:Max35Text PmtInfId?:Max35Text NbOfTxs?:Max15NumericText
  TtlAmt?:ActiveOrHistoricCurrencyAndAmount CdtDbtInd?:CreditDebitCode
BranchAndFinancialInstitutionIdentification4 { FinInstnId:FinancialInstitutionIdentification7
  BrnchId?:BranchData2
BranchAndFinancialInstitutionIdentification5 { FinInstnId:FinancialInstitutionIdentification8
  BrnchId?:BranchData2
BranchAndFinancialInstitutionIdentification6 { FinInstnId:FinancialInstitutionIdentification18
  BrnchId?:BranchData3
BranchAndFinancialInstitutionIdentification8 { FinInstnId:FinancialInstitutionIdentification23
  BrnchId?:BranchData5
BranchAndFinancialInstitutionIdentificationSEPA1 {
  FinInstnId:FinancialInstitutionIdentificationSEPA1
BranchAndFinancialInstitutionIdentificationSEPA2 {
  FinInstnId:FinancialInstitutionIdentificationSEPA2
BranchAndFinancialInstitutionIdentificationSEPA3 {
  FinInstnId:FinancialInstitutionIdentificationSEPA3
BranchData2 { Id?:Max35Text Nm?:Max140Text PstlAdr?:PostalAddress6
BranchData3 { Id?:Max35Text LEI?:LEIIdentifier Nm?:Max140Text PstlAdr?:PostalAddress24
BranchData5 { Id?:Max35Text LEI?:LEIIdentifier Nm?:Max140Text PstlAdr?:PostalAddress27
CSCManagement1Code = PRST BYPS UNRD NCSC
CardAggregated1 { AddtlSvc?:CardPaymentServiceType2Code
  TxCtgy?:ExternalCardTransactionCategory1Code SaleRcncltnId?:Max35Text
  SeqNbRg?:CardSequenceNumberRange1 TxDtRg?:DateOrDateTimePeriodChoice
CardAggregated2 { AddtlSvc?:CardPaymentServiceType2Code
  TxCtgy?:ExternalCardTransactionCategory1Code SaleRcncltnId?:Max35Text
  SeqNbRg?:CardSequenceNumberRange1 TxDtRg?:DateOrDateTimePeriod1Choice
CardDataReading1Code = TAGC PHYS BRCD MGST CICC DFLE CTLS ECTL
CardEntry1 { Card?:PaymentCard4 POI?:PointOfInteraction1 AggtdNtry?:CardAggregated1
CardEntry4 { Card?:PaymentCard4 POI?:PointOfInteraction1 AggtdNtry?:CardAggregated2
  PrePdAcct?:CashAccount38
CardEntry5 { Card?:PaymentCard4 POI?:PointOfInteraction1 AggtdNtry?:CardAggregated2
  PrePdAcct?:CashAccount40
CardIndividualTransaction1 { AddtlSvc?:CardPaymentServiceType2Code
  TxCtgy?:ExternalCardTransactionCategory1Code SaleRcncltnId?:Max35Text SaleRefNb?:Max35Text
  SeqNb?:Max35Text TxId?:TransactionIdentifier1 Pdct?:Product2 VldtnDt?:ISODate
  VldtnSeqNb?:Max35Text
CardIndividualTransaction2 { ICCRltdData?:Max1025Text PmtCntxt?:PaymentContext3
  AddtlSvc?:CardPaymentServiceType2Code TxCtgy?:ExternalCardTransactionCategory1Code
  SaleRcncltnId?:Max35Text SaleRefNb?:Max35Text RePresntmntRsn?:ExternalRePresentmentReason1Code
  SeqNb?:Max35Text TxId?:TransactionIdentifier1 Pdct?:Product2 VldtnDt?:ISODate
  VldtnSeqNb?:Max35Text
CardPaymentServiceType2Code = AGGR DCCV GRTT INSP LOYT NRES PUCO RECP SOAF UNAF VCAU
CardSecurityInformation1 { CSCMgmt:CSCManagement1Code CSCVal?:Min3Max4NumericText
CardSequenceNumberRange1 { FrstTx?:Max35Text LastTx?:Max35Text
CardTransaction1 { Card?:PaymentCard4 POI?:PointOfInteraction1 Tx?:CardTransaction1Choice
CardTransaction17 { Card?:PaymentCard4 POI?:PointOfInteraction1 Tx?:CardTransaction3Choice
  PrePdAcct?:CashAccount38
CardTransaction18 { Card?:PaymentCard4 POI?:PointOfInteraction1 Tx?:CardTransaction3Choice
  PrePdAcct?:CashAccount40
CardTransaction1Choice | Aggtd:CardAggregated1 Indv:CardIndividualTransaction1
CardTransaction3Choice | Aggtd:CardAggregated2 Indv:CardIndividualTransaction2
CardholderAuthentication2 { AuthntcnMtd:AuthenticationMethod1Code
  AuthntcnNtty:AuthenticationEntity1Code
CardholderVerificationCapability1Code = MNSG NPIN FCPN FEPN FDSG FBIO MNVR FBIG APKI PKIS CHDT
  SCEC
CashAccount16 { Id:AccountIdentification4Choice Tp?:CashAccountType2
  Ccy?:ActiveOrHistoricCurrencyCode Nm?:Max70Text
CashAccount20 { Id:AccountIdentification4Choice Tp?:CashAccountType2
  Ccy?:ActiveOrHistoricCurrencyCode Nm?:Max70Text Ownr?:PartyIdentification32
  Svcr?:BranchAndFinancialInstitutionIdentification4
CashAccount24 { Id:AccountIdentification4Choice Tp?:CashAccountType2Choice
  Ccy?:ActiveOrHistoricCurrencyCode Nm?:Max70Text
CashAccount25 { Id:AccountIdentification4Choice Tp?:CashAccountType2Choice
  Ccy?:ActiveOrHistoricCurrencyCode Nm?:Max70Text Ownr?:PartyIdentification43
  Svcr?:BranchAndFinancialInstitutionIdentification5
CashAccount38 { Id:AccountIdentification4Choice Tp?:CashAccountType2Choice
  Ccy?:ActiveOrHistoricCurrencyCode Nm?:Max70Text Prxy?:ProxyAccountIdentification1
CashAccount39 { Id:AccountIdentification4Choice Tp?:CashAccountType2Choice
  Ccy?:ActiveOrHistoricCurrencyCode Nm?:Max70Text Prxy?:ProxyAccountIdentification1
  Ownr?:PartyIdentification135 Svcr?:BranchAndFinancialInstitutionIdentification6
CashAccount40 { Id?:AccountIdentification4Choice Tp?:CashAccountType2Choice
  Ccy?:ActiveOrHistoricCurrencyCode Nm?:Max70Text Prxy?:ProxyAccountIdentification1
CashAccount43 { Id?:AccountIdentification4Choice Tp?:CashAccountType2Choice
  Ccy?:ActiveOrHistoricCurrencyCode Nm?:Max70Text Prxy?:ProxyAccountIdentification1
  Ownr?:PartyIdentification272 Svcr?:BranchAndFinancialInstitutionIdentification8
CashAccountSEPA1 { Id:AccountIdentificationSEPA Ccy?:ActiveOrHistoricCurrencyCode
CashAccountSEPA2 { Id:AccountIdentificationSEPA
CashAccountType2 | Cd:CashAccountType4Code Prtry:Max35Text
CashAccountType2Choice | Cd:ExternalCashAccountType1Code Prtry:Max35Text
CashAccountType4Code = CASH CHAR COMM TAXE CISH TRAS SACC CACC SVGS ONDP MGLD NREX MOMA LOAN SLRY
  ODFT
CashAvailability1 { Dt:CashAvailabilityDate1Choice Amt:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd:CreditDebitCode
CashAvailabilityDate1Choice | NbOfDays:Max15PlusSignedNumericText-2 ActlDt:ISODate
CashBalance3 { Tp:BalanceType12 CdtLine?:CreditLine2 Amt:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd:CreditDebitCode Dt:DateAndDateTimeChoice Avlbty*:CashBalanceAvailability2
CashBalance3-2 { Tp:BalanceType12 CdtLine?:CreditLine2 Amt:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd:CreditDebitCode Dt:DateAndDateTimeChoice Avlbty*:CashBalanceAvailability2-2
CashBalance8 { Tp:BalanceType13 CdtLine*:CreditLine3 Amt:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd:CreditDebitCode Dt:DateAndDateTime2Choice Avlbty*:CashAvailability1
CashBalanceAvailability2 { Dt:CashBalanceAvailabilityDate1 Amt:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd:CreditDebitCode
CashBalanceAvailability2-2 { Dt:CashBalanceAvailabilityDate1-2
  Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd:CreditDebitCode
CashBalanceAvailabilityDate1 | NbOfDays:Max15PlusSignedNumericText ActlDt:ISODate
CashBalanceAvailabilityDate1-2 | NbOfDays:Max15PlusSignedNumericText-2 ActlDt:ISODate
CashDeposit1 { NoteDnmtn:ActiveCurrencyAndAmount NbOfNotes:Max15NumericText
  Amt:ActiveCurrencyAndAmount
CategoryPurpose1Choice | Cd:ExternalCategoryPurpose1Code Prtry:Max35Text
CategoryPurposeSEPA { Cd:ExternalCategoryPurpose1Code
ChargeBearerType1Code = DEBT CRED SHAR SLEV
ChargeIncludedIndicator = true false 1 0
ChargeType1Code = BRKF COMM
ChargeType2Choice | Cd:ChargeType1Code Prtry:GenericIdentification3
ChargeType3Choice | Cd:ExternalChargeType1Code Prtry:GenericIdentification3
Charges15 { TtlChrgsAndTaxAmt?:ActiveOrHistoricCurrencyAndAmount Rcrd*:ChargesRecord8
Charges16 { Amt:ActiveOrHistoricCurrencyAndAmount
  Agt:BranchAndFinancialInstitutionIdentification8 Tp?:ChargeType3Choice
Charges3 { TtlChrgsAndTaxAmt?:ActiveOrHistoricCurrencyAndAmount Rcrd*:ChargesRecord1
Charges4 { TtlChrgsAndTaxAmt?:ActiveOrHistoricCurrencyAndAmount Rcrd*:ChargesRecord2
Charges6 { TtlChrgsAndTaxAmt?:ActiveOrHistoricCurrencyAndAmount Rcrd*:ChargesRecord3
Charges7 { Amt:ActiveOrHistoricCurrencyAndAmount Agt:BranchAndFinancialInstitutionIdentification6
ChargesInformation6 { TtlChrgsAndTaxAmt?:ActiveOrHistoricCurrencyAndAmount
  Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd?:CreditDebitCode Tp?:ChargeType2Choice
  Rate?:PercentageRate Br?:ChargeBearerType1Code
  Pty?:BranchAndFinancialInstitutionIdentification4 Tax?:TaxCharges2
ChargesRecord1 { Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd?:CreditDebitCode
  Tp?:ChargeType3Choice Rate?:PercentageRate Br?:ChargeBearerType1Code
  Agt?:BranchAndFinancialInstitutionIdentification5 Tax?:TaxCharges2
ChargesRecord2 { Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd?:CreditDebitCode
  ChrgInclInd?:ChargeIncludedIndicator Tp?:ChargeType3Choice Rate?:PercentageRate
  Br?:ChargeBearerType1Code Agt?:BranchAndFinancialInstitutionIdentification5 Tax?:TaxCharges2
ChargesRecord3 { Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd?:CreditDebitCode
  ChrgInclInd?:ChargeIncludedIndicator Tp?:ChargeType3Choice Rate?:PercentageRate
  Br?:ChargeBearerType1Code Agt?:BranchAndFinancialInstitutionIdentification6 Tax?:TaxCharges2
ChargesRecord8 { Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd?:CreditDebitCode
  ChrgInclInd?:ChargeIncludedIndicator Tp?:ChargeType3Choice Rate?:PercentageRate
  Br?:ChargeBearerType1Code Agt?:BranchAndFinancialInstitutionIdentification8 Tax?:TaxCharges2
ClearingChannel2Code = RTGS RTNS MPNS BOOK
ClearingSystemIdentification2Choice | Cd:ExternalClearingSystemIdentification1Code
  Prtry:Max35Text
ClearingSystemIdentification3Choice | Cd:ExternalCashClearingSystem1Code Prtry:Max35Text
ClearingSystemMemberIdentification2 { ClrSysId?:ClearingSystemIdentification2Choice
  MmbId:Max35Text
Contact13 { NmPrfx?:NamePrefix2Code Nm?:Max140Text PhneNb?:PhoneNumber MobNb?:PhoneNumber
  FaxNb?:PhoneNumber URLAdr?:Max2048Text EmailAdr?:Max256Text EmailPurp?:Max35Text
  JobTitl?:Max35Text Rspnsblty?:Max35Text Dept?:Max70Text Othr*:OtherContact1
  PrefrdMtd?:PreferredContactMethod2Code
Contact4 { NmPrfx?:NamePrefix2Code Nm?:Max140Text PhneNb?:PhoneNumber MobNb?:PhoneNumber
  FaxNb?:PhoneNumber EmailAdr?:Max2048Text EmailPurp?:Max35Text JobTitl?:Max35Text
  Rspnsblty?:Max35Text Dept?:Max70Text Othr*:OtherContact1 PrefrdMtd?:PreferredContactMethod1Code
ContactDetails2 { NmPrfx?:NamePrefix1Code Nm?:Max140Text PhneNb?:PhoneNumber MobNb?:PhoneNumber
  FaxNb?:PhoneNumber EmailAdr?:Max2048Text Othr?:Max35Text
CopyDuplicate1Code = CODU COPY DUPL
CorporateAction1 { Cd?:Max35Text Nb?:Max35Text Prtry?:Max35Text
CorporateAction9 { EvtTp:Max35Text EvtId:Max35Text
CountryCode ~ [A-Z]{2,2}
CreditDebitCode = CRDT DBIT
CreditLine2 { Incl:TrueFalseIndicator Amt?:ActiveOrHistoricCurrencyAndAmount
CreditLine3 { Incl:TrueFalseIndicator Tp?:CreditLineType1Choice
  Amt?:ActiveOrHistoricCurrencyAndAmount Dt?:DateAndDateTime2Choice
CreditLineType1Choice | Cd:ExternalCreditLineType1Code Prtry:Max35Text
CreditTransferMandateData1 { MndtId?:Max35Text Tp?:MandateTypeInformation2 DtOfSgntr?:ISODate
  DtOfVrfctn?:ISODateTime ElctrncSgntr?:Max10KBinary FrstPmtDt?:ISODate FnlPmtDt?:ISODate
  Frqcy?:Frequency36Choice Rsn?:MandateSetupReason1Choice
CreditorReferenceInformation2 { Tp?:CreditorReferenceType2 Ref?:Max35Text
CreditorReferenceInformation3 { Tp?:CreditorReferenceType3 Ref?:Max35Text
CreditorReferenceInformationSEPA { Tp?:CreditorReferenceTypeSEPA Ref?:Max35Text
CreditorReferenceType1Choice | Cd:DocumentType3Code Prtry:Max35Text
CreditorReferenceType2 { CdOrPrtry:CreditorReferenceType1Choice Issr?:Max35Text
CreditorReferenceType2Choice | Cd:ExternalCreditorReferenceType1Code Prtry:Max35Text
CreditorReferenceType3 { CdOrPrtry:CreditorReferenceType2Choice Issr?:Max35Text
CreditorReferenceTypeCodeSEPA { Cd:DocumentType3CodeSEPA
CreditorReferenceTypeSEPA { CdOrPrtry:CreditorReferenceTypeCodeSEPA Issr?:Max35Text
CurrencyAndAmountRange2 { Amt:ImpliedCurrencyAmountRangeChoice CdtDbtInd?:CreditDebitCode
  Ccy:ActiveOrHistoricCurrencyCode
CurrencyExchange13 { SrcCcy:ActiveCurrencyCode TrgtCcy:ActiveCurrencyCode XchgRate:BaseOneRate
  UnitCcy?:ActiveCurrencyCode
CurrencyExchange24 { SrcCcy:ActiveOrHistoricCurrencyCode TrgtCcy?:ActiveOrHistoricCurrencyCode
  UnitCcy?:ActiveOrHistoricCurrencyCode XchgRate:BaseOneRate CtrctId?:Max35Text
  QtnDt?:ISODateTime XchgRateBase?:PositiveNumber
CurrencyExchange5 { SrcCcy:ActiveOrHistoricCurrencyCode TrgtCcy?:ActiveOrHistoricCurrencyCode
  UnitCcy?:ActiveOrHistoricCurrencyCode XchgRate:BaseOneRate CtrctId?:Max35Text
  QtnDt?:ISODateTime
CustomerPaymentStatusReportV03 { GrpHdr:GroupHeaderSEPA
  OrgnlGrpInfAndSts:OriginalGroupInformationSEPA
  OrgnlPmtInfAndSts*:OriginalPaymentInformationSEPA
CustomerPaymentStatusReportV10 { GrpHdr:GroupHeader86 OrgnlGrpInfAndSts:OriginalGroupHeader17
  OrgnlPmtInfAndSts*:OriginalPaymentInstruction32 SplmtryData*:SupplementaryData1
CustomerPaymentStatusReportV11 { GrpHdr:GroupHeader86 OrgnlGrpInfAndSts:OriginalGroupHeader17
  OrgnlPmtInfAndSts*:OriginalPaymentInstruction38 SplmtryData*:SupplementaryData1
CustomerPaymentStatusReportV12 { GrpHdr:GroupHeader86 OrgnlGrpInfAndSts:OriginalGroupHeader17
  OrgnlPmtInfAndSts*:OriginalPaymentInstruction40 SplmtryData*:SupplementaryData1
CustomerPaymentStatusReportV14 { GrpHdr:GroupHeader128 OrgnlGrpInfAndSts:OriginalGroupHeader22
  OrgnlPmtInfAndSts*:OriginalPaymentInstruction51 SplmtryData*:SupplementaryData1
DateAndDateTime2Choice | Dt:ISODate DtTm:ISODateTime
DateAndDateTimeChoice | Dt:ISODate DtTm:ISODateTime
DateAndPlaceOfBirth { BirthDt:ISODate PrvcOfBirth?:Max35Text CityOfBirth:Max35Text
  CtryOfBirth:CountryCode
DateAndPlaceOfBirth1 { BirthDt:ISODate PrvcOfBirth?:Max35Text CityOfBirth:Max35Text
  CtryOfBirth:CountryCode
DateAndType1 { Tp:DateType2Choice Dt:ISODate
DateOrDateTimePeriod1Choice | Dt:DatePeriod2 DtTm:DateTimePeriod1
DateOrDateTimePeriodChoice | Dt:DatePeriodDetails DtTm:DateTimePeriodDetails
DatePeriod2 { FrDt:ISODate ToDt:ISODate
DatePeriodDetails { FrDt:ISODate ToDt:ISODate
DateTimePeriod1 { FrDtTm:ISODateTime ToDtTm:ISODateTime
DateTimePeriodDetails { FrDtTm:ISODateTime ToDtTm:ISODateTime
DateType2Choice | Cd:ExternalDateType1Code Prtry:Max35Text
DecimalNumber # 17
DiscountAmountAndType1 { Tp?:DiscountAmountType1Choice Amt:ActiveOrHistoricCurrencyAndAmount
DiscountAmountType1Choice | Cd:ExternalDiscountAmountType1Code Prtry:Max35Text
DisplayCapabilities1 { DispTp:UserInterface2Code NbOfLines:Max3NumericText
  LineWidth:Max3NumericText
DocumentAdjustment1 { Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd?:CreditDebitCode
  Rsn?:Max4Text AddtlInf?:Max140Text
DocumentAmount1 { Tp:DocumentAmountType1Choice Amt:ActiveOrHistoricCurrencyAndAmount
DocumentAmountType1Choice | Cd:ExternalDocumentAmountType1Code Prtry:Max35Text
DocumentLineIdentification1 { Tp?:DocumentLineType1 Nb?:Max35Text RltdDt?:ISODate
DocumentLineInformation1 { Id+:DocumentLineIdentification1 Desc?:Max2048Text
  Amt?:RemittanceAmount3
DocumentLineInformation2 { Id+:DocumentLineIdentification1 Desc?:Max2048Text
  Amt?:RemittanceAmount4
DocumentLineType1 { CdOrPrtry:DocumentLineType1Choice Issr?:Max35Text
DocumentLineType1Choice | Cd:ExternalDocumentLineType1Code Prtry:Max35Text
DocumentType1 { CdOrPrtry:DocumentType2Choice Issr?:Max35Text
DocumentType2Choice | Cd:ExternalDocumentType1Code Prtry:Max35Text
DocumentType3Code = RADM RPIN FXDR DISP PUOR SCOR
DocumentType3CodeSEPA = SCOR
DocumentType5Code = MSIN CNFA DNFA CINV CREN DEBN HIRI SBIN CMCN SOAC DISP BOLD VCHR AROI TSUT
DocumentType6Code = MSIN CNFA DNFA CINV CREN DEBN HIRI SBIN CMCN SOAC DISP BOLD VCHR AROI TSUT
  PUOR
EntryDetails1 { Btch?:BatchInformation2 TxDtls*:EntryTransaction2
EntryDetails13 { Btch?:BatchInformation2 TxDtls*:EntryTransaction14
EntryDetails2 { Btch?:BatchInformation2 TxDtls*:EntryTransaction3
EntryDetails3 { Btch?:BatchInformation2 TxDtls*:EntryTransaction4
EntryDetails9 { Btch?:BatchInformation2 TxDtls*:EntryTransaction10
EntryStatus1Choice | Cd:ExternalEntryStatus1Code Prtry:Max35Text
EntryStatus2Code = BOOK PDNG INFO
EntryTransaction10 { Refs?:TransactionReferences6 Amt?:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd?:CreditDebitCode AmtDtls?:AmountAndCurrencyExchange3 Avlbty*:CashAvailability1
  BkTxCd?:BankTransactionCodeStructure4 Chrgs?:Charges6 Intrst?:TransactionInterest4
  RltdPties?:TransactionParties6 RltdAgts?:TransactionAgents5 LclInstrm?:LocalInstrument2Choice
  Purp?:Purpose2Choice RltdRmtInf*10:RemittanceLocation7 RmtInf?:RemittanceInformation16
  RltdDts?:TransactionDates3 RltdPric?:TransactionPrice4Choice
  RltdQties*:TransactionQuantities3Choice FinInstrmId?:SecurityIdentification19
  Tax?:TaxInformation8 RtrInf?:PaymentReturnReason5 CorpActn?:CorporateAction9
  SfkpgAcct?:SecuritiesAccount19 CshDpst*:CashDeposit1 CardTx?:CardTransaction17
  AddtlTxInf?:Max500Text SplmtryData*:SupplementaryData1
EntryTransaction14 { Refs?:TransactionReferences6 Amt?:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd?:CreditDebitCode AmtDtls?:AmountAndCurrencyExchange4 Avlbty*:CashAvailability1
  BkTxCd?:BankTransactionCodeStructure4 Chrgs?:Charges15 Intrst?:TransactionInterest4
  RltdPties?:TransactionParties12 RltdAgts?:TransactionAgents6 LclInstrm?:LocalInstrument2Choice
  PmtTpInf?:PaymentTypeInformation27 Purp?:Purpose2Choice RltdRmtInf*10:RemittanceLocation8
  RmtInf?:RemittanceInformation22 RltdDts?:TransactionDates3 RltdPric?:TransactionPrice4Choice
  RltdQties*:TransactionQuantities3Choice FinInstrmId?:SecurityIdentification19 Tax?:TaxData1
  RtrInf?:PaymentReturnReason8 CorpActn?:CorporateAction9 SfkpgAcct?:SecuritiesAccount19
  CshDpst*:CashDeposit1 CardTx?:CardTransaction18 AddtlTxInf?:Max500Text
  SplmtryData*:SupplementaryData1
EntryTransaction2 { Refs?:TransactionReferences2 AmtDtls?:AmountAndCurrencyExchange3
  Avlbty*:CashBalanceAvailability2 BkTxCd?:BankTransactionCodeStructure4
  Chrgs*:ChargesInformation6 Intrst*:TransactionInterest2 RltdPties?:TransactionParty2
  RltdAgts?:TransactionAgents2 Purp?:Purpose2Choice RltdRmtInf*10:RemittanceLocation2
  RmtInf?:RemittanceInformation5 RltdDts?:TransactionDates2 RltdPric?:TransactionPrice2Choice
  RltdQties*:TransactionQuantities1Choice FinInstrmId?:SecurityIdentification4Choice
  Tax?:TaxInformation3 RtrInf?:ReturnReasonInformation10 CorpActn?:CorporateAction1
  SfkpgAcct?:CashAccount16 AddtlTxInf?:Max500Text
EntryTransaction3 { Refs?:TransactionReferences3 Amt:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd:CreditDebitCode AmtDtls?:AmountAndCurrencyExchange3
  Avlbty*:CashBalanceAvailability2-2 BkTxCd?:BankTransactionCodeStructure4 Chrgs*:Charges3
  Intrst*:TransactionInterest3 RltdPties?:TransactionParties3 RltdAgts?:TransactionAgents3
  Purp?:Purpose2Choice RltdRmtInf*10:RemittanceLocation2 RmtInf?:RemittanceInformation7
  RltdDts?:TransactionDates2 RltdPric?:TransactionPrice3Choice
  RltdQties*:TransactionQuantities2Choice FinInstrmId?:SecurityIdentification14
  Tax?:TaxInformation3 RtrInf?:PaymentReturnReason2 CorpActn?:CorporateAction9
  SfkpgAcct?:SecuritiesAccount13 CshDpst*:CashDeposit1 CardTx?:CardTransaction1
  AddtlTxInf?:Max500Text
EntryTransaction4 { Refs?:TransactionReferences3 Amt:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd:CreditDebitCode AmtDtls?:AmountAndCurrencyExchange3
  Avlbty*:CashBalanceAvailability2-2 BkTxCd?:BankTransactionCodeStructure4 Chrgs?:Charges4
  Intrst?:TransactionInterest3 RltdPties?:TransactionParties3 RltdAgts?:TransactionAgents3
  Purp?:Purpose2Choice RltdRmtInf*10:RemittanceLocation2 RmtInf?:RemittanceInformation7
  RltdDts?:TransactionDates2 RltdPric?:TransactionPrice3Choice
  RltdQties*:TransactionQuantities2Choice FinInstrmId?:SecurityIdentification14
  Tax?:TaxInformation3 RtrInf?:PaymentReturnReason2 CorpActn?:CorporateAction9
  SfkpgAcct?:SecuritiesAccount13 CshDpst*:CashDeposit1 CardTx?:CardTransaction1
  AddtlTxInf?:Max500Text SplmtryData*:SupplementaryData1
EquivalentAmount2 { Amt:ActiveOrHistoricCurrencyAndAmount CcyOfTrf:ActiveOrHistoricCurrencyCode
Exact1NumericText ~ [0-9]
Exact2NumericText ~ [0-9]{2}
Exact3NumericText ~ [0-9]{3}
Exact4AlphaNumericText ~ [a-zA-Z0-9]{4}
ExternalAccountIdentification1Code " 1 4
ExternalBalanceSubType1Code " 1 4
ExternalBalanceType1Code " 1 4
ExternalBankTransactionDomain1Code " 1 4
ExternalBankTransactionFamily1Code " 1 4
ExternalBankTransactionSubFamily1Code " 1 4
ExternalCardTransactionCategory1Code " 1 4
ExternalCashAccountType1Code " 1 4
ExternalCashClearingSystem1Code " 1 3
ExternalCategoryPurpose1Code " 1 4
ExternalChargeType1Code " 1 4
ExternalClearingSystemIdentification1Code " 1 5
ExternalCreditLineType1Code " 1 4
ExternalCreditorReferenceType1Code " 1 4
ExternalDateType1Code " 1 4
ExternalDiscountAmountType1Code " 1 4
ExternalDocumentAmountType1Code " 1 4
ExternalDocumentLineType1Code " 1 4
ExternalDocumentType1Code " 1 4
ExternalEntryStatus1Code " 1 4
ExternalFinancialInstitutionIdentification1Code " 1 4
ExternalFinancialInstrumentIdentificationType1Code " 1 4
ExternalGarnishmentType1Code " 1 4
ExternalLocalInstrument1Code " 1 35
ExternalMandateSetupReason1Code " 1 4
ExternalOrganisationIdentification1Code " 1 4
ExternalPaymentGroupStatus1Code " 1 4
ExternalPaymentTransactionStatus1Code " 1 4
ExternalPersonIdentification1Code " 1 4
ExternalProxyAccountType1Code " 1 4
ExternalPurpose1Code " 1 4
ExternalRePresentmentReason1Code " 1 4
ExternalReportingSource1Code " 1 4
ExternalReturnReason1Code " 1 4
ExternalServiceLevel1Code " 1 4
ExternalStatusReason1Code " 1 4
ExternalTaxAmountType1Code " 1 4
ExternalTechnicalInputChannel1Code " 1 4
FinancialIdentificationSchemeName1Choice | Cd:ExternalFinancialInstitutionIdentification1Code
  Prtry:Max35Text
FinancialInstitutionIdentification18 { BICFI?:BICFIDec2014Identifier
  ClrSysMmbId?:ClearingSystemMemberIdentification2 LEI?:LEIIdentifier Nm?:Max140Text
  PstlAdr?:PostalAddress24 Othr?:GenericFinancialIdentification1
FinancialInstitutionIdentification23 { BICFI?:BICFIDec2014Identifier
  ClrSysMmbId?:ClearingSystemMemberIdentification2 LEI?:LEIIdentifier Nm?:Max140Text
  PstlAdr?:PostalAddress27 Othr?:GenericFinancialIdentification1
FinancialInstitutionIdentification7 { BIC?:BICIdentifier
  ClrSysMmbId?:ClearingSystemMemberIdentification2 Nm?:Max140Text PstlAdr?:PostalAddress6
  Othr?:GenericFinancialIdentification1
FinancialInstitutionIdentification8 { BICFI?:BICFIIdentifier
  ClrSysMmbId?:ClearingSystemMemberIdentification2 Nm?:Max140Text PstlAdr?:PostalAddress6
  Othr?:GenericFinancialIdentification1
FinancialInstitutionIdentificationSEPA1 { BIC:BICIdentifier
FinancialInstitutionIdentificationSEPA2 { Othr:RestrictedFinancialIdentificationSEPA
FinancialInstitutionIdentificationSEPA3 | BIC:BICIdentifier Othr:OthrIdentification
FinancialInstrumentQuantity1Choice | Unit:DecimalNumber FaceAmt:ImpliedCurrencyAndAmount
  AmtsdVal:ImpliedCurrencyAndAmount
FinancialInstrumentQuantityChoice | Unit:DecimalNumber FaceAmt:ImpliedCurrencyAndAmount
  AmtsdVal:ImpliedCurrencyAndAmount
Frequency36Choice | Tp:Frequency6Code Prd:FrequencyPeriod1 PtInTm:FrequencyAndMoment1
Frequency6Code = YEAR MNTH QURT MIAN WEEK DAIL ADHO INDA FRTN
FrequencyAndMoment1 { Tp:Frequency6Code PtInTm:Exact2NumericText
FrequencyPeriod1 { Tp:Frequency6Code CntPerPrd:DecimalNumber
FromToAmountRange { FrAmt:AmountRangeBoundary1 ToAmt:AmountRangeBoundary1
FromToAmountRange1 { FrAmt:AmountRangeBoundary1 ToAmt:AmountRangeBoundary1
Garnishment3 { Tp:GarnishmentType1 Grnshee?:PartyIdentification135
  GrnshmtAdmstr?:PartyIdentification135 RefNb?:Max140Text Dt?:ISODate
  RmtdAmt?:ActiveOrHistoricCurrencyAndAmount FmlyMdclInsrncInd?:TrueFalseIndicator
  MplyeeTermntnInd?:TrueFalseIndicator
Garnishment4 { Tp:GarnishmentType1 Grnshee?:PartyIdentification272
  GrnshmtAdmstr?:PartyIdentification272 RefNb?:Max140Text Dt?:ISODate
  RmtdAmt?:ActiveOrHistoricCurrencyAndAmount FmlyMdclInsrncInd?:TrueFalseIndicator
  MplyeeTermntnInd?:TrueFalseIndicator
GarnishmentType1 { CdOrPrtry:GarnishmentType1Choice Issr?:Max35Text
GarnishmentType1Choice | Cd:ExternalGarnishmentType1Code Prtry:Max35Text
GenericAccountIdentification1 { Id:Max34Text SchmeNm?:AccountSchemeName1Choice Issr?:Max35Text
GenericFinancialIdentification1 { Id:Max35Text SchmeNm?:FinancialIdentificationSchemeName1Choice
  Issr?:Max35Text
GenericIdentification1 { Id:Max35Text SchmeNm?:Max35Text Issr?:Max35Text
GenericIdentification20 { Id:Exact4AlphaNumericText Issr:Max35Text SchmeNm?:Max35Text
GenericIdentification3 { Id:Max35Text Issr?:Max35Text
GenericIdentification30 { Id:Exact4AlphaNumericText Issr:Max35Text SchmeNm?:Max35Text
GenericIdentification32 { Id:Max35Text Tp?:PartyType3Code Issr?:PartyType4Code ShrtNm?:Max35Text
GenericOrganisationIdentification1 { Id:Max35Text
  SchmeNm?:OrganisationIdentificationSchemeName1Choice Issr?:Max35Text
GenericOrganisationIdentification3 { Id:Max256Text
  SchmeNm?:OrganisationIdentificationSchemeName1Choice Issr?:Max35Text
GenericPersonIdentification1 { Id:Max35Text SchmeNm?:PersonIdentificationSchemeName1Choice
  Issr?:Max35Text
GenericPersonIdentification2 { Id:Max256Text SchmeNm?:PersonIdentificationSchemeName1Choice
  Issr?:Max35Text
GroupHeader116 { MsgId:Max35Text CreDtTm:ISODateTime MsgRcpt?:PartyIdentification272
  MsgPgntn?:Pagination1 OrgnlBizQry?:OriginalBusinessQuery1 AddtlInf?:Max500Text
GroupHeader128 { MsgId:Max35Text CreDtTm:ISODateTime InitgPty?:PartyIdentification272
  FwdgAgt?:BranchAndFinancialInstitutionIdentification8
  DbtrAgt?:BranchAndFinancialInstitutionIdentification8
  CdtrAgt?:BranchAndFinancialInstitutionIdentification8
GroupHeader42 { MsgId:Max35Text CreDtTm:ISODateTime MsgRcpt?:PartyIdentification32
  MsgPgntn?:Pagination AddtlInf?:Max500Text
GroupHeader58 { MsgId:Max35Text CreDtTm:ISODateTime MsgRcpt?:PartyIdentification43
  MsgPgntn?:Pagination OrgnlBizQry?:OriginalBusinessQuery1 AddtlInf?:Max500Text
GroupHeader81 { MsgId:Max35Text CreDtTm:ISODateTime MsgRcpt?:PartyIdentification135
  MsgPgntn?:Pagination1 OrgnlBizQry?:OriginalBusinessQuery1 AddtlInf?:Max500Text
GroupHeader86 { MsgId:Max35Text CreDtTm:ISODateTime InitgPty?:PartyIdentification135
  FwdgAgt?:BranchAndFinancialInstitutionIdentification6
  DbtrAgt?:BranchAndFinancialInstitutionIdentification6
  CdtrAgt?:BranchAndFinancialInstitutionIdentification6
GroupHeaderSEPA { MsgId:RestrictedIdentificationSEPA1 CreDtTm:ISODateTime
  DbtrAgt?:BranchAndFinancialInstitutionIdentificationSEPA1
  CdtrAgt?:BranchAndFinancialInstitutionIdentificationSEPA1
IBAN2007Identifier ~ [A-Z]{2,2}[0-9]{2,2}[a-zA-Z0-9]{1,30}
ISINIdentifier ~ [A-Z0-9]{12,12}
ISINOct2015Identifier ~ [A-Z]{2,2}[A-Z0-9]{9,9}[0-9]{1,1}
ISO2ALanguageCode ~ [a-z]{2,2}
ISODate @
ISODateTime @
ISOYear *
ISOYearMonth *
IdentificationSchemeNameSEPA = SEPA
IdentificationSource3Choice | Cd:ExternalFinancialInstrumentIdentificationType1Code
  Prtry:Max35Text
ImpliedCurrencyAmountRange1Choice | FrAmt:AmountRangeBoundary1 ToAmt:AmountRangeBoundary1
  FrToAmt:FromToAmountRange1 EQAmt:ImpliedCurrencyAndAmount NEQAmt:ImpliedCurrencyAndAmount
ImpliedCurrencyAmountRangeChoice | FrAmt:AmountRangeBoundary1 ToAmt:AmountRangeBoundary1
  FrToAmt:FromToAmountRange EQAmt:ImpliedCurrencyAndAmount NEQAmt:ImpliedCurrencyAndAmount
ImpliedCurrencyAndAmount # 5
InterestRecord1 { Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd:CreditDebitCode
  Tp?:InterestType1Choice Rate?:Rate3 FrToDt?:DateTimePeriodDetails Rsn?:Max35Text
  Tax?:TaxCharges2
InterestRecord2 { Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd:CreditDebitCode
  Tp?:InterestType1Choice Rate?:Rate4 FrToDt?:DateTimePeriod1 Rsn?:Max35Text Tax?:TaxCharges2
InterestType1Choice | Cd:InterestType1Code Prtry:Max35Text
InterestType1Code = INDY OVRN
LEIIdentifier ~ [A-Z0-9]{18,18}[0-9]{2,2}
LocalInstrument2Choice | Cd:ExternalLocalInstrument1Code Prtry:Max35Text
LocalInstrumentSEPA { Cd:ExternalLocalInstrument1Code
MandateClassification1Choice | Cd:MandateClassification1Code Prtry:Max35Text
MandateClassification1Code = FIXE USGB VARI
MandateRelatedData1Choice | DrctDbtMndt?:MandateRelatedInformation14
  CdtTrfMndt?:CreditTransferMandateData1
MandateRelatedData2Choice | DrctDbtMndt?:MandateRelatedInformation15
  CdtTrfMndt?:CreditTransferMandateData1
MandateRelatedData3Choice | DrctDbtMndt?:MandateRelatedInformation16
  CdtTrfMndt?:CreditTransferMandateData1
MandateRelatedInformation14 { MndtId?:Max35Text DtOfSgntr?:ISODate AmdmntInd?:TrueFalseIndicator
  AmdmntInfDtls?:AmendmentInformationDetails13 ElctrncSgntr?:Max1025Text FrstColltnDt?:ISODate
  FnlColltnDt?:ISODate Frqcy?:Frequency36Choice Rsn?:MandateSetupReason1Choice
  TrckgDays?:Exact2NumericText
MandateRelatedInformation15 { MndtId?:Max35Text DtOfSgntr?:ISODate AmdmntInd?:TrueFalseIndicator
  AmdmntInfDtls?:AmendmentInformationDetails14 ElctrncSgntr?:Max1025Text FrstColltnDt?:ISODate
  FnlColltnDt?:ISODate Frqcy?:Frequency36Choice Rsn?:MandateSetupReason1Choice
  TrckgDays?:Exact2NumericText
MandateRelatedInformation16 { MndtId?:Max35Text DtOfSgntr?:ISODate AmdmntInd?:TrueFalseIndicator
  AmdmntInfDtls?:AmendmentInformationDetails15 ElctrncSgntr?:Max1025Text FrstColltnDt?:ISODate
  FnlColltnDt?:ISODate Frqcy?:Frequency36Choice Rsn?:MandateSetupReason1Choice
  TrckgDays?:Exact2NumericText
MandateRelatedInformationSEPA { MndtId?:Max35Text DtOfSgntr?:ISODate
  AmdmntInd?:TrueFalseIndicator AmdmntInfDtls?:AmendmentInformationDetailsSEPA
  ElctrncSgntr?:Max1025Text
MandateSetupReason1Choice | Cd:ExternalMandateSetupReason1Code Prtry:Max70Text
MandateTypeInformation2 { SvcLvl?:ServiceLevel8Choice LclInstrm?:LocalInstrument2Choice
  CtgyPurp?:CategoryPurpose1Choice Clssfctn?:MandateClassification1Choice
Max1025Text " 1 1025
Max105Text " 1 105
Max10KBinary *
Max128Text " 1 128
Max140Text " 1 140
Max15NumericText ~ [0-9]{1,15}
Max15PlusSignedNumericText ~ [+]{0,1}[0-9]{1,15}
Max15PlusSignedNumericText-2 ~ [\+]{0,1}[0-9]{1,15}
Max16Text " 1 16
Max2048Text " 1 2048
Max256Text " 1 256
Max34Text " 1 34
Max350Text " 1 350
Max35Text " 1 35
Max3NumericText ~ [0-9]{1,3}
Max4Text " 1 4
Max500Text " 1 500
Max5NumericText ~ [0-9]{1,5}
Max70Text " 1 70
MessageIdentification2 { MsgNmId?:Max35Text MsgId?:Max35Text
Min2Max3NumericText ~ [0-9]{2,3}
Min3Max4NumericText ~ [0-9]{3,4}
Min8Max28NumericText ~ [0-9]{8,28}
NameAndAddress10 { Nm:Max140Text Adr:PostalAddress6
NameAndAddress16 { Nm:Max140Text Adr:PostalAddress24
NameAndAddress18 { Nm:Max140Text Adr:PostalAddress27
NamePrefix1Code = DOCT MIST MISS MADM
NamePrefix2Code = DOCT MADM MISS MIST MIKS
NonNegativeDecimalNumber # 17
Number # 0
NumberAndSumOfTransactions1 { NbOfNtries?:Max15NumericText Sum?:DecimalNumber
NumberAndSumOfTransactions2 { NbOfNtries?:Max15NumericText Sum?:DecimalNumber
  TtlNetNtryAmt?:DecimalNumber CdtDbtInd?:CreditDebitCode
NumberAndSumOfTransactions4 { NbOfNtries?:Max15NumericText Sum?:DecimalNumber
  TtlNetNtry?:AmountAndDirection35
NumberOfTransactionsPerStatus5 { DtldNbOfTxs:Max15NumericText
  DtldSts:ExternalPaymentTransactionStatus1Code DtldCtrlSum?:DecimalNumber
OnLineCapability1Code = OFLN ONLN SMON
OrganisationIdentification29 { AnyBIC?:AnyBICDec2014Identifier LEI?:LEIIdentifier
  Othr*:GenericOrganisationIdentification1
OrganisationIdentification39 { AnyBIC?:AnyBICDec2014Identifier LEI?:LEIIdentifier
  Othr*:GenericOrganisationIdentification3
OrganisationIdentification4 { BICOrBEI?:AnyBICIdentifier Othr*:GenericOrganisationIdentification1
OrganisationIdentification8 { AnyBIC?:AnyBICIdentifier Othr*:GenericOrganisationIdentification1
OrganisationIdentificationSEPA { BICOrBEI:AnyBICIdentifier
OrganisationIdentificationSEPAChoice | BICOrBEI:AnyBICIdentifier
  Othr:GenericOrganisationIdentification1
OrganisationIdentificationSchemeName1Choice | Cd:ExternalOrganisationIdentification1Code
  Prtry:Max35Text
OriginalAndCurrentQuantities1 { FaceAmt:ImpliedCurrencyAndAmount
  AmtsdVal:ImpliedCurrencyAndAmount
OriginalBusinessQuery1 { MsgId:Max35Text MsgNmId?:Max35Text CreDtTm?:ISODateTime
OriginalGroupHeader17 { OrgnlMsgId:Max35Text OrgnlMsgNmId:Max35Text OrgnlCreDtTm?:ISODateTime
  OrgnlNbOfTxs?:Max15NumericText OrgnlCtrlSum?:DecimalNumber
  GrpSts?:ExternalPaymentGroupStatus1Code StsRsnInf*:StatusReasonInformation12
  NbOfTxsPerSts*:NumberOfTransactionsPerStatus5
OriginalGroupHeader22 { OrgnlMsgId:Max35Text OrgnlMsgNmId:Max35Text OrgnlCreDtTm?:ISODateTime
  OrgnlNbOfTxs?:Max15NumericText OrgnlCtrlSum?:DecimalNumber
  GrpSts?:ExternalPaymentGroupStatus1Code StsRsnInf*:StatusReasonInformation14
  NbOfTxsPerSts*:NumberOfTransactionsPerStatus5
OriginalGroupInformationSEPA { OrgnlMsgId:Max35Text OrgnlMsgNmId:Max35Text
  OrgnlNbOfTxs?:Max15NumericText OrgnlCtrlSum?:DecimalNumber
  GrpSts?:TransactionGroupStatusCodeSEPA StsRsnInf*:StatusReasonInformationSEPA
OriginalPaymentInformationSEPA { OrgnlPmtInfId:RestrictedIdentificationSEPA1
  OrgnlNbOfTxs?:Max15NumericText OrgnlCtrlSum?:DecimalNumber
  PmtInfSts?:TransactionGroupStatusCodeSEPA StsRsnInf*:StatusReasonInformationSEPA
  TxInfAndSts*:PaymentTransactionInformationSEPA
OriginalPaymentInstruction32 { OrgnlPmtInfId:Max35Text OrgnlNbOfTxs?:Max15NumericText
  OrgnlCtrlSum?:DecimalNumber PmtInfSts?:ExternalPaymentGroupStatus1Code
  StsRsnInf*:StatusReasonInformation12 NbOfTxsPerSts*:NumberOfTransactionsPerStatus5
  TxInfAndSts*:PaymentTransaction105
OriginalPaymentInstruction38 { OrgnlPmtInfId:Max35Text OrgnlNbOfTxs?:Max15NumericText
  OrgnlCtrlSum?:DecimalNumber PmtInfSts?:ExternalPaymentGroupStatus1Code
  StsRsnInf*:StatusReasonInformation12 NbOfTxsPerSts*:NumberOfTransactionsPerStatus5
  TxInfAndSts*:PaymentTransaction126
OriginalPaymentInstruction40 { OrgnlPmtInfId:Max35Text OrgnlNbOfTxs?:Max15NumericText
  OrgnlCtrlSum?:DecimalNumber PmtInfSts?:ExternalPaymentGroupStatus1Code
  StsRsnInf*:StatusReasonInformation12 NbOfTxsPerSts*:NumberOfTransactionsPerStatus5
  TxInfAndSts*:PaymentTransaction129
OriginalPaymentInstruction51 { OrgnlPmtInfId:Max35Text OrgnlNbOfTxs?:Max15NumericText
  OrgnlCtrlSum?:DecimalNumber PmtInfSts?:ExternalPaymentGroupStatus1Code
  StsRsnInf*:StatusReasonInformation14 NbOfTxsPerSts*:NumberOfTransactionsPerStatus5
  TxInfAndSts*:PaymentTransaction160
OriginalTransactionReference28 { IntrBkSttlmAmt?:ActiveOrHistoricCurrencyAndAmount
  Amt?:AmountType4Choice IntrBkSttlmDt?:ISODate ReqdColltnDt?:ISODate
  ReqdExctnDt?:DateAndDateTime2Choice CdtrSchmeId?:PartyIdentification135
  SttlmInf?:SettlementInstruction7 PmtTpInf?:PaymentTypeInformation27 PmtMtd?:PaymentMethod4Code
  MndtRltdInf?:MandateRelatedInformation14 RmtInf?:RemittanceInformation16
  UltmtDbtr?:Party40Choice Dbtr?:Party40Choice DbtrAcct?:CashAccount38
  DbtrAgt?:BranchAndFinancialInstitutionIdentification6 DbtrAgtAcct?:CashAccount38
  CdtrAgt?:BranchAndFinancialInstitutionIdentification6 CdtrAgtAcct?:CashAccount38
  Cdtr?:Party40Choice CdtrAcct?:CashAccount38 UltmtCdtr?:Party40Choice Purp?:Purpose2Choice
OriginalTransactionReference31 { IntrBkSttlmAmt?:ActiveOrHistoricCurrencyAndAmount
  Amt?:AmountType4Choice IntrBkSttlmDt?:ISODate ReqdColltnDt?:ISODate
  ReqdExctnDt?:DateAndDateTime2Choice CdtrSchmeId?:PartyIdentification135
  SttlmInf?:SettlementInstruction7 PmtTpInf?:PaymentTypeInformation27 PmtMtd?:PaymentMethod4Code
  MndtRltdInf?:MandateRelatedData1Choice RmtInf?:RemittanceInformation16 UltmtDbtr?:Party40Choice
  Dbtr?:Party40Choice DbtrAcct?:CashAccount38
  DbtrAgt?:BranchAndFinancialInstitutionIdentification6 DbtrAgtAcct?:CashAccount38
  CdtrAgt?:BranchAndFinancialInstitutionIdentification6 CdtrAgtAcct?:CashAccount38
  Cdtr?:Party40Choice CdtrAcct?:CashAccount38 UltmtCdtr?:Party40Choice Purp?:Purpose2Choice
OriginalTransactionReference35 { IntrBkSttlmAmt?:ActiveOrHistoricCurrencyAndAmount
  Amt?:AmountType4Choice IntrBkSttlmDt?:ISODate ReqdColltnDt?:ISODate
  ReqdExctnDt?:DateAndDateTime2Choice CdtrSchmeId?:PartyIdentification135
  SttlmInf?:SettlementInstruction11 PmtTpInf?:PaymentTypeInformation27 PmtMtd?:PaymentMethod4Code
  MndtRltdInf?:MandateRelatedData2Choice RmtInf?:RemittanceInformation21 UltmtDbtr?:Party40Choice
  Dbtr?:Party40Choice DbtrAcct?:CashAccount40
  DbtrAgt?:BranchAndFinancialInstitutionIdentification6 DbtrAgtAcct?:CashAccount40
  CdtrAgt?:BranchAndFinancialInstitutionIdentification6 CdtrAgtAcct?:CashAccount40
  Cdtr?:Party40Choice CdtrAcct?:CashAccount40 UltmtCdtr?:Party40Choice Purp?:Purpose2Choice
OriginalTransactionReference42 { IntrBkSttlmAmt?:ActiveOrHistoricCurrencyAndAmount
  Amt?:AmountType4Choice IntrBkSttlmDt?:ISODate ReqdColltnDt?:ISODate
  ReqdExctnDt?:DateAndDateTime2Choice CdtrSchmeId?:PartyIdentification272
  SttlmInf?:SettlementInstruction15 PmtTpInf?:PaymentTypeInformation27 PmtMtd?:PaymentMethod4Code
  MndtRltdInf?:MandateRelatedData3Choice RmtInf?:RemittanceInformation22 UltmtDbtr?:Party50Choice
  Dbtr?:Party50Choice DbtrAcct?:CashAccount40
  DbtrAgt?:BranchAndFinancialInstitutionIdentification8 DbtrAgtAcct?:CashAccount40
  CdtrAgt?:BranchAndFinancialInstitutionIdentification8 CdtrAgtAcct?:CashAccount40
  Cdtr?:Party50Choice CdtrAcct?:CashAccount40 UltmtCdtr?:Party50Choice Purp?:Purpose2Choice
OriginalTransactionReferenceSEPA { Amt?:AmountTypeSEPA ReqdColltnDt?:ISODate ReqdExctnDt?:ISODate
  CdtrSchmeId?:PartyIdentificationSEPA3 PmtTpInf?:PaymentTypeInformationSEPA
  PmtMtd?:PaymentMethodSEPACode MndtRltdInf?:MandateRelatedInformationSEPA
  RmtInf?:RemittanceInformationSEPA2Choice UltmtDbtr?:PartyIdentificationSEPA1
  Dbtr?:PartyIdentificationSEPA2 DbtrAcct?:CashAccountSEPA1
  DbtrAgt?:BranchAndFinancialInstitutionIdentificationSEPA3
  CdtrAgt?:BranchAndFinancialInstitutionIdentificationSEPA3 Cdtr?:PartyIdentificationSEPA2
  CdtrAcct?:CashAccountSEPA1 UltmtCdtr?:PartyIdentificationSEPA1
OtherContact1 { ChanlTp:Max4Text Id?:Max128Text
OtherIdentification1 { Id:Max35Text Sfx?:Max16Text Tp:IdentificationSource3Choice
OthrIdentification { Id:OthrIdentificationCode
OthrIdentificationCode = NOTPROVIDED
POIComponentType1Code = SOFT EMVK EMVO MRIT CHIT SECM PEDV
Pagination { PgNb:Max5NumericText LastPgInd:YesNoIndicator
Pagination1 { PgNb:Max5NumericText LastPgInd:YesNoIndicator
Party11Choice | OrgId:OrganisationIdentification8 PrvtId:PersonIdentification5
Party38Choice | OrgId:OrganisationIdentification29 PrvtId:PersonIdentification13
Party40Choice | Pty:PartyIdentification135 Agt:BranchAndFinancialInstitutionIdentification6
Party50Choice | Pty:PartyIdentification272 Agt:BranchAndFinancialInstitutionIdentification8
Party52Choice | OrgId:OrganisationIdentification39 PrvtId:PersonIdentification18
Party6Choice | OrgId:OrganisationIdentification4 PrvtId:PersonIdentification5
PartyIdentification135 { Nm?:Max140Text PstlAdr?:PostalAddress24 Id?:Party38Choice
  CtryOfRes?:CountryCode CtctDtls?:Contact4
PartyIdentification272 { Nm?:Max140Text PstlAdr?:PostalAddress27 Id?:Party52Choice
  CtryOfRes?:CountryCode CtctDtls?:Contact13
PartyIdentification32 { Nm?:Max140Text PstlAdr?:PostalAddress6 Id?:Party6Choice
  CtryOfRes?:CountryCode CtctDtls?:ContactDetails2
PartyIdentification43 { Nm?:Max140Text PstlAdr?:PostalAddress6 Id?:Party11Choice
  CtryOfRes?:CountryCode CtctDtls?:ContactDetails2
PartyIdentificationSEPA1 { Nm?:Max70Text Id?:PartySEPAChoice
PartyIdentificationSEPA2 { Nm?:Max70Text PstlAdr?:PostalAddressSEPA Id?:PartySEPAChoice
PartyIdentificationSEPA3 { Id:PartySEPA2
PartyIdentificationSEPA4 { Nm?:Max70Text Id?:PartySEPA2
PartyIdentificationSEPA6Choice | Nm:Max70Text Id:PartySEPA1
PartySEPA1 { OrgId:OrganisationIdentificationSEPA
PartySEPA2 { PrvtId:PersonIdentificationSEPA2
PartySEPAChoice | OrgId:OrganisationIdentificationSEPAChoice
  PrvtId:PersonIdentificationSEPA1Choice
PartyType3Code = OPOI MERC ACCP ITAG ACQR CISS DLIS
PartyType4Code = MERC ACCP ITAG ACQR CISS TAXH
PaymentCard4 { PlainCardData?:PlainCardData1 CardCtryCd?:Exact3NumericText
  CardBrnd?:GenericIdentification1 AddtlCardData?:Max70Text
PaymentContext3 { CardPres?:TrueFalseIndicator CrdhldrPres?:TrueFalseIndicator
  OnLineCntxt?:TrueFalseIndicator AttndncCntxt?:AttendanceContext1Code
  TxEnvt?:TransactionEnvironment1Code TxChanl?:TransactionChannel1Code
  AttndntMsgCpbl?:TrueFalseIndicator AttndntLang?:ISO2ALanguageCode
  CardDataNtryMd:CardDataReading1Code FllbckInd?:TrueFalseIndicator
  AuthntcnMtd?:CardholderAuthentication2
PaymentMethod4Code = CHK TRF DD TRA
PaymentMethodSEPACode = TRF DD
PaymentReturnReason2 { OrgnlBkTxCd?:BankTransactionCodeStructure4 Orgtr?:PartyIdentification43
  Rsn?:ReturnReason5Choice AddtlInf*:Max105Text
PaymentReturnReason5 { OrgnlBkTxCd?:BankTransactionCodeStructure4 Orgtr?:PartyIdentification135
  Rsn?:ReturnReason5Choice AddtlInf*:Max105Text
PaymentReturnReason8 { OrgnlBkTxCd?:BankTransactionCodeStructure4 Orgtr?:PartyIdentification272
  Rsn?:ReturnReason5Choice AddtlInf*:Max105Text
PaymentTransaction105 { StsId?:Max35Text OrgnlInstrId?:Max35Text OrgnlEndToEndId?:Max35Text
  OrgnlUETR?:UUIDv4Identifier TxSts?:ExternalPaymentTransactionStatus1Code
  StsRsnInf*:StatusReasonInformation12 ChrgsInf*:Charges7 TrckrData?:TrackerData1
  AccptncDtTm?:ISODateTime AcctSvcrRef?:Max35Text ClrSysRef?:Max35Text
  OrgnlTxRef?:OriginalTransactionReference28 SplmtryData*:SupplementaryData1
PaymentTransaction126 { StsId?:Max35Text OrgnlInstrId?:Max35Text OrgnlEndToEndId?:Max35Text
  OrgnlUETR?:UUIDv4Identifier TxSts?:ExternalPaymentTransactionStatus1Code
  StsRsnInf*:StatusReasonInformation12 ChrgsInf*:Charges7 TrckrData?:TrackerData1
  AccptncDtTm?:ISODateTime AcctSvcrRef?:Max35Text ClrSysRef?:Max35Text
  OrgnlTxRef?:OriginalTransactionReference31 SplmtryData*:SupplementaryData1
PaymentTransaction129 { StsId?:Max35Text OrgnlInstrId?:Max35Text OrgnlEndToEndId?:Max35Text
  OrgnlUETR?:UUIDv4Identifier TxSts?:ExternalPaymentTransactionStatus1Code
  StsRsnInf*:StatusReasonInformation12 ChrgsInf*:Charges7 TrckrData?:TrackerData1
  AccptncDtTm?:ISODateTime AcctSvcrRef?:Max35Text ClrSysRef?:Max35Text
  OrgnlTxRef?:OriginalTransactionReference35 SplmtryData*:SupplementaryData1
PaymentTransaction160 { StsId?:Max35Text OrgnlInstrId?:Max35Text OrgnlEndToEndId?:Max35Text
  OrgnlUETR?:UUIDv4Identifier TxSts?:ExternalPaymentTransactionStatus1Code
  StsRsnInf*:StatusReasonInformation14 ChrgsInf*:Charges16 TrckrData?:TrackerData7
  AccptncDtTm?:ISODateTime AcctSvcrRef?:Max35Text ClrSysRef?:Max35Text
  OrgnlTxRef?:OriginalTransactionReference42 SplmtryData*:SupplementaryData1
PaymentTransactionInformationSEPA { StsId?:RestrictedIdentificationSEPA1 OrgnlInstrId?:Max35Text
  OrgnlEndToEndId?:Max35Text TxSts?:TransactionIndividualStatusCodeSEPA
  StsRsnInf*:StatusReasonInformationSEPA OrgnlTxRef:OriginalTransactionReferenceSEPA
PaymentTypeInformation27 { InstrPrty?:Priority2Code ClrChanl?:ClearingChannel2Code
  SvcLvl*:ServiceLevel8Choice LclInstrm?:LocalInstrument2Choice SeqTp?:SequenceType3Code
  CtgyPurp?:CategoryPurpose1Choice
PaymentTypeInformationSEPA { InstrPrty?:Priority2Code SvcLvl?:ServiceLevelSEPA
  LclInstrm?:LocalInstrumentSEPA SeqTp?:SequenceType1Code CtgyPurp?:CategoryPurposeSEPA
PercentageRate # 10
PersonIdentification13 { DtAndPlcOfBirth?:DateAndPlaceOfBirth1 Othr*:GenericPersonIdentification1
PersonIdentification18 { DtAndPlcOfBirth?:DateAndPlaceOfBirth1 Othr*:GenericPersonIdentification2
PersonIdentification5 { DtAndPlcOfBirth?:DateAndPlaceOfBirth Othr*:GenericPersonIdentification1
PersonIdentificationSEPA1Choice | DtAndPlcOfBirth:DateAndPlaceOfBirth
  Othr:GenericPersonIdentification1
PersonIdentificationSEPA2 { Othr:RestrictedPersonIdentificationSEPA
PersonIdentificationSchemeName1Choice | Cd:ExternalPersonIdentification1Code Prtry:Max35Text
PhoneNumber ~ \+[0-9]{1,3}-[0-9()+\-]{1,30}
PlainCardData1 { PAN:Min8Max28NumericText CardSeqNb?:Min2Max3NumericText FctvDt?:ISOYearMonth
  XpryDt:ISOYearMonth SvcCd?:Exact3NumericText TrckData*:TrackData1
  CardSctyCd?:CardSecurityInformation1
PointOfInteraction1 { Id:GenericIdentification32 SysNm?:Max70Text GrpId?:Max35Text
  Cpblties?:PointOfInteractionCapabilities1 Cmpnt*:PointOfInteractionComponent1
PointOfInteractionCapabilities1 { CardRdngCpblties*:CardDataReading1Code
  CrdhldrVrfctnCpblties*:CardholderVerificationCapability1Code
  OnLineCpblties?:OnLineCapability1Code DispCpblties*:DisplayCapabilities1
  PrtLineWidth?:Max3NumericText
PointOfInteractionComponent1 { POICmpntTp:POIComponentType1Code ManfctrId?:Max35Text
  Mdl?:Max35Text VrsnNb?:Max16Text SrlNb?:Max35Text ApprvlNb*:Max70Text
PositiveNumber # 0
PostalAddress24 { AdrTp?:AddressType3Choice Dept?:Max70Text SubDept?:Max70Text StrtNm?:Max70Text
  BldgNb?:Max16Text BldgNm?:Max35Text Flr?:Max70Text PstBx?:Max16Text Room?:Max70Text
  PstCd?:Max16Text TwnNm?:Max35Text TwnLctnNm?:Max35Text DstrctNm?:Max35Text
  CtrySubDvsn?:Max35Text Ctry?:CountryCode AdrLine*7:Max70Text
PostalAddress27 { AdrTp?:AddressType3Choice CareOf?:Max140Text Dept?:Max70Text SubDept?:Max70Text
  StrtNm?:Max140Text BldgNb?:Max16Text BldgNm?:Max140Text Flr?:Max70Text UnitNb?:Max16Text
  PstBx?:Max16Text Room?:Max70Text PstCd?:Max16Text TwnNm?:Max140Text TwnLctnNm?:Max140Text
  DstrctNm?:Max140Text CtrySubDvsn?:Max35Text Ctry?:CountryCode AdrLine*7:Max70Text
PostalAddress6 { AdrTp?:AddressType2Code Dept?:Max70Text SubDept?:Max70Text StrtNm?:Max70Text
  BldgNb?:Max16Text PstCd?:Max16Text TwnNm?:Max35Text CtrySubDvsn?:Max35Text Ctry?:CountryCode
  AdrLine*7:Max70Text
PostalAddressSEPA { Ctry?:CountryCode AdrLine*2:Max70Text
PreferredContactMethod1Code = LETT MAIL PHON FAXX CELL
PreferredContactMethod2Code = MAIL FAXX LETT CELL ONLI PHON
Price2 { Tp:YieldedOrValueType1Choice Val:PriceRateOrAmountChoice
Price7 { Tp:YieldedOrValueType1Choice Val:PriceRateOrAmount3Choice
PriceRateOrAmount3Choice | Rate:PercentageRate Amt:ActiveOrHistoricCurrencyAnd13DecimalAmount
PriceRateOrAmountChoice | Rate:PercentageRate Amt:ActiveOrHistoricCurrencyAnd13DecimalAmount
PriceValueType1Code = DISC PREM PARV
Priority2Code = HIGH NORM
Product2 { PdctCd:Max70Text UnitOfMeasr?:UnitOfMeasure1Code PdctQty?:DecimalNumber
  UnitPric?:ImpliedCurrencyAndAmount PdctAmt?:ImpliedCurrencyAndAmount TaxTp?:Max35Text
  AddtlPdctInf?:Max35Text
ProprietaryAgent2 { Tp:Max35Text Agt:BranchAndFinancialInstitutionIdentification4
ProprietaryAgent3 { Tp:Max35Text Agt:BranchAndFinancialInstitutionIdentification5
ProprietaryAgent4 { Tp:Max35Text Agt:BranchAndFinancialInstitutionIdentification6
ProprietaryAgent5 { Tp:Max35Text Agt:BranchAndFinancialInstitutionIdentification8
ProprietaryBankTransactionCodeStructure1 { Cd:Max35Text Issr?:Max35Text
ProprietaryDate2 { Tp:Max35Text Dt:DateAndDateTimeChoice
ProprietaryDate3 { Tp:Max35Text Dt:DateAndDateTime2Choice
ProprietaryParty2 { Tp:Max35Text Pty:PartyIdentification32
ProprietaryParty3 { Tp:Max35Text Pty:PartyIdentification43
ProprietaryParty5 { Tp:Max35Text Pty:Party40Choice
ProprietaryParty6 { Tp:Max35Text Pty:Party50Choice
ProprietaryPrice2 { Tp:Max35Text Pric:ActiveOrHistoricCurrencyAndAmount
ProprietaryQuantity1 { Tp:Max35Text Qty:Max35Text
ProprietaryReference1 { Tp:Max35Text Ref:Max35Text
ProxyAccountIdentification1 { Tp?:ProxyAccountType1Choice Id:Max2048Text
ProxyAccountType1Choice | Cd:ExternalProxyAccountType1Code Prtry:Max35Text
Purpose2Choice | Cd:ExternalPurpose1Code Prtry:Max35Text
Rate3 { Tp:RateType4Choice VldtyRg?:CurrencyAndAmountRange2
Rate4 { Tp:RateType4Choice VldtyRg?:ActiveOrHistoricCurrencyAndAmountRange2
RateType4Choice | Pctg:PercentageRate Othr:Max35Text
ReferredDocumentInformation3 { Tp?:ReferredDocumentType2 Nb?:Max35Text RltdDt?:ISODate
ReferredDocumentInformation7 { Tp?:ReferredDocumentType4 Nb?:Max35Text RltdDt?:ISODate
  LineDtls*:DocumentLineInformation1
ReferredDocumentInformation8 { Tp?:DocumentType1 Nb?:Max35Text RltdDt?:DateAndType1
  LineDtls*:DocumentLineInformation2
ReferredDocumentType1Choice | Cd:DocumentType5Code Prtry:Max35Text
ReferredDocumentType2 { CdOrPrtry:ReferredDocumentType1Choice Issr?:Max35Text
ReferredDocumentType3Choice | Cd:DocumentType6Code Prtry:Max35Text
ReferredDocumentType4 { CdOrPrtry:ReferredDocumentType3Choice Issr?:Max35Text
RemittanceAmount1 { DuePyblAmt?:ActiveOrHistoricCurrencyAndAmount
  DscntApldAmt?:ActiveOrHistoricCurrencyAndAmount CdtNoteAmt?:ActiveOrHistoricCurrencyAndAmount
  TaxAmt?:ActiveOrHistoricCurrencyAndAmount AdjstmntAmtAndRsn*:DocumentAdjustment1
  RmtdAmt?:ActiveOrHistoricCurrencyAndAmount
RemittanceAmount2 { DuePyblAmt?:ActiveOrHistoricCurrencyAndAmount
  DscntApldAmt*:DiscountAmountAndType1 CdtNoteAmt?:ActiveOrHistoricCurrencyAndAmount
  TaxAmt*:TaxAmountAndType1 AdjstmntAmtAndRsn*:DocumentAdjustment1
  RmtdAmt?:ActiveOrHistoricCurrencyAndAmount
RemittanceAmount3 { DuePyblAmt?:ActiveOrHistoricCurrencyAndAmount
  DscntApldAmt*:DiscountAmountAndType1 CdtNoteAmt?:ActiveOrHistoricCurrencyAndAmount
  TaxAmt*:TaxAmountAndType1 AdjstmntAmtAndRsn*:DocumentAdjustment1
  RmtdAmt?:ActiveOrHistoricCurrencyAndAmount
RemittanceAmount4 { RmtAmtAndTp*:DocumentAmount1 AdjstmntAmtAndRsn*:DocumentAdjustment1
RemittanceInformation16 { Ustrd*:Max140Text Strd*:StructuredRemittanceInformation16
RemittanceInformation21 { Ustrd*:Max140Text Strd*:StructuredRemittanceInformation17
RemittanceInformation22 { Ustrd*:Max140Text Strd*:StructuredRemittanceInformation18
RemittanceInformation5 { Ustrd*:Max140Text Strd*:StructuredRemittanceInformation7
RemittanceInformation7 { Ustrd*:Max140Text Strd*:StructuredRemittanceInformation9
RemittanceInformationSEPA2Choice | Ustrd:Max140Text Strd:StructuredRemittanceInformationSEPA2
RemittanceLocation2 { RmtId?:Max35Text RmtLctnMtd?:RemittanceLocationMethod2Code
  RmtLctnElctrncAdr?:Max2048Text RmtLctnPstlAdr?:NameAndAddress10
RemittanceLocation7 { RmtId?:Max35Text RmtLctnDtls*:RemittanceLocationData1
RemittanceLocation8 { RmtId?:Max35Text RmtLctnDtls*:RemittanceLocationData2
RemittanceLocationData1 { Mtd:RemittanceLocationMethod2Code ElctrncAdr?:Max2048Text
  PstlAdr?:NameAndAddress16
RemittanceLocationData2 { Mtd:RemittanceLocationMethod2Code ElctrncAdr?:Max2048Text
  PstlAdr?:NameAndAddress18
RemittanceLocationMethod2Code = FAXI EDIC URID EMAL POST SMSM
ReportEntry10 { NtryRef?:Max35Text Amt:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd:CreditDebitCode RvslInd?:TrueFalseIndicator Sts:EntryStatus1Choice
  BookgDt?:DateAndDateTime2Choice ValDt?:DateAndDateTime2Choice AcctSvcrRef?:Max35Text
  Avlbty*:CashAvailability1 BkTxCd:BankTransactionCodeStructure4 ComssnWvrInd?:YesNoIndicator
  AddtlInfInd?:MessageIdentification2 AmtDtls?:AmountAndCurrencyExchange3 Chrgs?:Charges6
  TechInptChanl?:TechnicalInputChannel1Choice Intrst?:TransactionInterest4 CardTx?:CardEntry4
  NtryDtls*:EntryDetails9 AddtlNtryInf?:Max500Text
ReportEntry14 { NtryRef?:Max35Text Amt:ActiveOrHistoricCurrencyAndAmount
  CdtDbtInd:CreditDebitCode RvslInd?:TrueFalseIndicator Sts:EntryStatus1Choice
  BookgDt?:DateAndDateTime2Choice ValDt?:DateAndDateTime2Choice AcctSvcrRef?:Max35Text
  Avlbty*:CashAvailability1 BkTxCd:BankTransactionCodeStructure4 ComssnWvrInd?:YesNoIndicator
  AddtlInfInd?:MessageIdentification2 AmtDtls?:AmountAndCurrencyExchange4 Chrgs?:Charges15
  TechInptChanl?:TechnicalInputChannel1Choice Intrst?:TransactionInterest4 CardTx?:CardEntry5
  NtryDtls*:EntryDetails13 AddtlNtryInf?:Max500Text
ReportEntry2 { NtryRef?:Max35Text Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd:CreditDebitCode
  RvslInd?:TrueFalseIndicator Sts:EntryStatus2Code BookgDt?:DateAndDateTimeChoice
  ValDt?:DateAndDateTimeChoice AcctSvcrRef?:Max35Text Avlbty*:CashBalanceAvailability2
  BkTxCd:BankTransactionCodeStructure4 ComssnWvrInd?:YesNoIndicator
  AddtlInfInd?:MessageIdentification2 AmtDtls?:AmountAndCurrencyExchange3
  Chrgs*:ChargesInformation6 TechInptChanl?:TechnicalInputChannel1Choice
  Intrst*:TransactionInterest2 NtryDtls*:EntryDetails1 AddtlNtryInf?:Max500Text
ReportEntry3 { NtryRef?:Max35Text Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd:CreditDebitCode
  RvslInd?:TrueFalseIndicator Sts:EntryStatus2Code BookgDt?:DateAndDateTimeChoice
  ValDt?:DateAndDateTimeChoice AcctSvcrRef?:Max35Text Avlbty*:CashBalanceAvailability2-2
  BkTxCd:BankTransactionCodeStructure4 ComssnWvrInd?:YesNoIndicator
  AddtlInfInd?:MessageIdentification2 AmtDtls?:AmountAndCurrencyExchange3 Chrgs*:Charges3
  TechInptChanl?:TechnicalInputChannel1Choice Intrst*:TransactionInterest3 CardTx?:CardEntry1
  NtryDtls*:EntryDetails2 AddtlNtryInf?:Max500Text
ReportEntry4 { NtryRef?:Max35Text Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd:CreditDebitCode
  RvslInd?:TrueFalseIndicator Sts:EntryStatus2Code BookgDt?:DateAndDateTimeChoice
  ValDt?:DateAndDateTimeChoice AcctSvcrRef?:Max35Text Avlbty*:CashBalanceAvailability2-2
  BkTxCd:BankTransactionCodeStructure4 ComssnWvrInd?:YesNoIndicator
  AddtlInfInd?:MessageIdentification2 AmtDtls?:AmountAndCurrencyExchange3 Chrgs?:Charges4
  TechInptChanl?:TechnicalInputChannel1Choice Intrst?:TransactionInterest3 CardTx?:CardEntry1
  NtryDtls*:EntryDetails3 AddtlNtryInf?:Max500Text
ReportingSource1Choice | Cd:ExternalReportingSource1Code Prtry:Max35Text
RestrictedFinancialIdentificationSEPA { Id:RestrictedSMNDACode
RestrictedIdentificationSEPA1 *
RestrictedPersonIdentificationSEPA { Id:RestrictedPersonIdentifierSEPA
  SchmeNm:RestrictedPersonIdentificationSchemeNameSEPA
RestrictedPersonIdentificationSchemeNameSEPA { Prtry:IdentificationSchemeNameSEPA
RestrictedPersonIdentifierSEPA *
RestrictedSMNDACode = SMNDA
ReturnReason5Choice | Cd:ExternalReturnReason1Code Prtry:Max35Text
ReturnReasonInformation10 { OrgnlBkTxCd?:BankTransactionCodeStructure4
  Orgtr?:PartyIdentification32 Rsn?:ReturnReason5Choice AddtlInf*:Max105Text
SecuritiesAccount13 { Id:Max35Text Tp?:GenericIdentification20 Nm?:Max70Text
SecuritiesAccount19 { Id:Max35Text Tp?:GenericIdentification30 Nm?:Max70Text
SecurityIdentification14 { ISIN?:ISINIdentifier OthrId*:OtherIdentification1 Desc?:Max140Text
SecurityIdentification19 { ISIN?:ISINOct2015Identifier OthrId*:OtherIdentification1
  Desc?:Max140Text
SecurityIdentification4Choice | ISIN:ISINIdentifier Prtry:AlternateSecurityIdentification2
SequenceRange1 { FrSeq:Max35Text ToSeq:Max35Text
SequenceRange1Choice | FrSeq:Max35Text ToSeq:Max35Text FrToSeq+:SequenceRange1 EQSeq+:Max35Text
  NEQSeq+:Max35Text
SequenceType1Code = FRST RCUR FNAL OOFF
SequenceType3Code = FRST RCUR FNAL OOFF RPRE
ServiceLevel8Choice | Cd:ExternalServiceLevel1Code Prtry:Max35Text
ServiceLevelSEPA { Cd:ExternalServiceLevel1Code
SettlementInstruction11 { SttlmMtd:SettlementMethod1Code SttlmAcct?:CashAccount40
  ClrSys?:ClearingSystemIdentification3Choice
  InstgRmbrsmntAgt?:BranchAndFinancialInstitutionIdentification6
  InstgRmbrsmntAgtAcct?:CashAccount40
  InstdRmbrsmntAgt?:BranchAndFinancialInstitutionIdentification6
  InstdRmbrsmntAgtAcct?:CashAccount40
  ThrdRmbrsmntAgt?:BranchAndFinancialInstitutionIdentification6
  ThrdRmbrsmntAgtAcct?:CashAccount40
SettlementInstruction15 { SttlmMtd:SettlementMethod1Code SttlmAcct?:CashAccount40
  ClrSys?:ClearingSystemIdentification3Choice
  InstgRmbrsmntAgt?:BranchAndFinancialInstitutionIdentification8
  InstgRmbrsmntAgtAcct?:CashAccount40
  InstdRmbrsmntAgt?:BranchAndFinancialInstitutionIdentification8
  InstdRmbrsmntAgtAcct?:CashAccount40
  ThrdRmbrsmntAgt?:BranchAndFinancialInstitutionIdentification8
  ThrdRmbrsmntAgtAcct?:CashAccount40
SettlementInstruction7 { SttlmMtd:SettlementMethod1Code SttlmAcct?:CashAccount38
  ClrSys?:ClearingSystemIdentification3Choice
  InstgRmbrsmntAgt?:BranchAndFinancialInstitutionIdentification6
  InstgRmbrsmntAgtAcct?:CashAccount38
  InstdRmbrsmntAgt?:BranchAndFinancialInstitutionIdentification6
  InstdRmbrsmntAgtAcct?:CashAccount38
  ThrdRmbrsmntAgt?:BranchAndFinancialInstitutionIdentification6
  ThrdRmbrsmntAgtAcct?:CashAccount38
SettlementMethod1Code = INDA INGA COVE CLRG
StatusReason6Choice | Cd:ExternalStatusReason1Code Prtry:Max35Text
StatusReasonInformation12 { Orgtr?:PartyIdentification135 Rsn?:StatusReason6Choice
  AddtlInf*:Max105Text
StatusReasonInformation14 { Orgtr?:PartyIdentification272 Rsn?:StatusReason6Choice
  AddtlInf*:Max105Text
StatusReasonInformationSEPA { Orgtr?:PartyIdentificationSEPA6Choice Rsn?:StatusReasonSEPA
StatusReasonSEPA { Cd:ExternalStatusReason1Code
StructuredRemittanceInformation16 { RfrdDocInf*:ReferredDocumentInformation7
  RfrdDocAmt?:RemittanceAmount2 CdtrRefInf?:CreditorReferenceInformation2
  Invcr?:PartyIdentification135 Invcee?:PartyIdentification135 TaxRmt?:TaxInformation7
  GrnshmtRmt?:Garnishment3 AddtlRmtInf*3:Max140Text
StructuredRemittanceInformation17 { RfrdDocInf*:ReferredDocumentInformation7
  RfrdDocAmt?:RemittanceAmount2 CdtrRefInf?:CreditorReferenceInformation2
  Invcr?:PartyIdentification135 Invcee?:PartyIdentification135 TaxRmt?:TaxData1
  GrnshmtRmt?:Garnishment3 AddtlRmtInf*3:Max140Text
StructuredRemittanceInformation18 { RfrdDocInf*:ReferredDocumentInformation8
  RfrdDocAmt?:RemittanceAmount4 CdtrRefInf?:CreditorReferenceInformation3
  Invcr?:PartyIdentification272 Invcee?:PartyIdentification272 TaxRmt?:TaxData1
  GrnshmtRmt?:Garnishment4 AddtlRmtInf*3:Max140Text
StructuredRemittanceInformation7 { RfrdDocInf*:ReferredDocumentInformation3
  RfrdDocAmt?:RemittanceAmount1 CdtrRefInf?:CreditorReferenceInformation2
  Invcr?:PartyIdentification32 Invcee?:PartyIdentification32 AddtlRmtInf*3:Max140Text
StructuredRemittanceInformation9 { RfrdDocInf*:ReferredDocumentInformation3
  RfrdDocAmt?:RemittanceAmount2 CdtrRefInf?:CreditorReferenceInformation2
  Invcr?:PartyIdentification43 Invcee?:PartyIdentification43 AddtlRmtInf*3:Max140Text
StructuredRemittanceInformationSEPA2 { CdtrRefInf?:CreditorReferenceInformationSEPA
SupplementaryData1 { PlcAndNm?:Max350Text Envlp:SupplementaryDataEnvelope1
SupplementaryDataEnvelope1 *
TaxAmount1 { Rate?:PercentageRate TaxblBaseAmt?:ActiveOrHistoricCurrencyAndAmount
  TtlAmt?:ActiveOrHistoricCurrencyAndAmount Dtls*:TaxRecordDetails1
TaxAmount2 { Rate?:PercentageRate TaxblBaseAmt?:ActiveOrHistoricCurrencyAndAmount
  TtlAmt?:ActiveOrHistoricCurrencyAndAmount Dtls*:TaxRecordDetails2
TaxAmount3 { Rate?:PercentageRate TaxblBaseAmt?:ActiveOrHistoricCurrencyAndAmount
  TtlAmt?:ActiveOrHistoricCurrencyAndAmount Dtls*:TaxRecordDetails3
TaxAmountAndType1 { Tp?:TaxAmountType1Choice Amt:ActiveOrHistoricCurrencyAndAmount
TaxAmountType1Choice | Cd:ExternalTaxAmountType1Code Prtry:Max35Text
TaxAuthorisation1 { Titl?:Max35Text Nm?:Max140Text
TaxCharges2 { Id?:Max35Text Rate?:PercentageRate Amt?:ActiveOrHistoricCurrencyAndAmount
TaxData1 { Cdtr?:TaxParty1 Dbtr?:TaxParty2 UltmtDbtr?:TaxParty2 AdmstnZone?:Max35Text
  RefNb?:Max140Text Mtd?:Max35Text TtlTaxblBaseAmt?:ActiveOrHistoricCurrencyAndAmount
  TtlTaxAmt?:ActiveOrHistoricCurrencyAndAmount Dt?:ISODate SeqNb?:Number Rcrd*:TaxRecord3
TaxInformation3 { Cdtr?:TaxParty1 Dbtr?:TaxParty2 AdmstnZn?:Max35Text RefNb?:Max140Text
  Mtd?:Max35Text TtlTaxblBaseAmt?:ActiveOrHistoricCurrencyAndAmount
  TtlTaxAmt?:ActiveOrHistoricCurrencyAndAmount Dt?:ISODate SeqNb?:Number Rcrd*:TaxRecord1
TaxInformation7 { Cdtr?:TaxParty1 Dbtr?:TaxParty2 UltmtDbtr?:TaxParty2 AdmstnZone?:Max35Text
  RefNb?:Max140Text Mtd?:Max35Text TtlTaxblBaseAmt?:ActiveOrHistoricCurrencyAndAmount
  TtlTaxAmt?:ActiveOrHistoricCurrencyAndAmount Dt?:ISODate SeqNb?:Number Rcrd*:TaxRecord2
TaxInformation8 { Cdtr?:TaxParty1 Dbtr?:TaxParty2 AdmstnZone?:Max35Text RefNb?:Max140Text
  Mtd?:Max35Text TtlTaxblBaseAmt?:ActiveOrHistoricCurrencyAndAmount
  TtlTaxAmt?:ActiveOrHistoricCurrencyAndAmount Dt?:ISODate SeqNb?:Number Rcrd*:TaxRecord2
TaxParty1 { TaxId?:Max35Text RegnId?:Max35Text TaxTp?:Max35Text
TaxParty2 { TaxId?:Max35Text RegnId?:Max35Text TaxTp?:Max35Text Authstn?:TaxAuthorisation1
TaxPeriod1 { Yr?:ISODate Tp?:TaxRecordPeriod1Code FrToDt?:DatePeriodDetails
TaxPeriod2 { Yr?:ISODate Tp?:TaxRecordPeriod1Code FrToDt?:DatePeriod2
TaxPeriod3 { Yr?:ISOYear Tp?:TaxRecordPeriod1Code FrToDt?:DatePeriod2
TaxRecord1 { Tp?:Max35Text Ctgy?:Max35Text CtgyDtls?:Max35Text DbtrSts?:Max35Text
  CertId?:Max35Text FrmsCd?:Max35Text Prd?:TaxPeriod1 TaxAmt?:TaxAmount1 AddtlInf?:Max140Text
TaxRecord2 { Tp?:Max35Text Ctgy?:Max35Text CtgyDtls?:Max35Text DbtrSts?:Max35Text
  CertId?:Max35Text FrmsCd?:Max35Text Prd?:TaxPeriod2 TaxAmt?:TaxAmount2 AddtlInf?:Max140Text
TaxRecord3 { Tp?:Max35Text Ctgy?:Max35Text CtgyDtls?:Max35Text DbtrSts?:Max35Text
  CertId?:Max35Text FrmsCd?:Max35Text Prd?:TaxPeriod3 TaxAmt?:TaxAmount3 AddtlInf?:Max140Text
TaxRecordDetails1 { Prd?:TaxPeriod1 Amt:ActiveOrHistoricCurrencyAndAmount
TaxRecordDetails2 { Prd?:TaxPeriod2 Amt:ActiveOrHistoricCurrencyAndAmount
TaxRecordDetails3 { Prd?:TaxPeriod3 Amt:ActiveOrHistoricCurrencyAndAmount
TaxRecordPeriod1Code = MM01 MM02 MM03 MM04 MM05 MM06 MM07 MM08 MM09 MM10 MM11 MM12 QTR1 QTR2 QTR3
  QTR4 HLF1 HLF2
TechnicalInputChannel1Choice | Cd:ExternalTechnicalInputChannel1Code Prtry:Max35Text
TotalTransactions2 { TtlNtries?:NumberAndSumOfTransactions2
  TtlCdtNtries?:NumberAndSumOfTransactions1 TtlDbtNtries?:NumberAndSumOfTransactions1
  TtlNtriesPerBkTxCd*:TotalsPerBankTransactionCode2
TotalTransactions2-2 { TtlNtries?:NumberAndSumOfTransactions2
  TtlCdtNtries?:NumberAndSumOfTransactions1 TtlDbtNtries?:NumberAndSumOfTransactions1
  TtlNtriesPerBkTxCd*:TotalsPerBankTransactionCode2-2
TotalTransactions4 { TtlNtries?:NumberAndSumOfTransactions4
  TtlCdtNtries?:NumberAndSumOfTransactions1 TtlDbtNtries?:NumberAndSumOfTransactions1
  TtlNtriesPerBkTxCd*:TotalsPerBankTransactionCode3
TotalTransactions6 { TtlNtries?:NumberAndSumOfTransactions4
  TtlCdtNtries?:NumberAndSumOfTransactions1 TtlDbtNtries?:NumberAndSumOfTransactions1
  TtlNtriesPerBkTxCd*:TotalsPerBankTransactionCode5
TotalsPerBankTransactionCode2 { NbOfNtries?:Max15NumericText Sum?:DecimalNumber
  TtlNetNtryAmt?:DecimalNumber CdtDbtInd?:CreditDebitCode FcstInd?:TrueFalseIndicator
  BkTxCd:BankTransactionCodeStructure4 Avlbty*:CashBalanceAvailability2
TotalsPerBankTransactionCode2-2 { NbOfNtries?:Max15NumericText Sum?:DecimalNumber
  TtlNetNtryAmt?:DecimalNumber CdtDbtInd?:CreditDebitCode FcstInd?:TrueFalseIndicator
  BkTxCd:BankTransactionCodeStructure4 Avlbty*:CashBalanceAvailability2-2
TotalsPerBankTransactionCode3 { NbOfNtries?:Max15NumericText Sum?:DecimalNumber
  TtlNetNtry?:AmountAndDirection35 FcstInd?:TrueFalseIndicator
  BkTxCd:BankTransactionCodeStructure4 Avlbty*:CashBalanceAvailability2-2
TotalsPerBankTransactionCode5 { NbOfNtries?:Max15NumericText Sum?:DecimalNumber
  TtlNetNtry?:AmountAndDirection35 CdtNtries?:NumberAndSumOfTransactions1
  DbtNtries?:NumberAndSumOfTransactions1 FcstInd?:TrueFalseIndicator
  BkTxCd:BankTransactionCodeStructure4 Avlbty*:CashAvailability1 Dt?:DateAndDateTime2Choice
TrackData1 { TrckNb?:Exact1NumericText TrckVal:Max140Text
TrackerData1 { ConfdDt:DateAndDateTime2Choice ConfdAmt:ActiveCurrencyAndAmount
  TrckrRcrd+:TrackerRecord1
TrackerData7 { ConfdDt:DateAndDateTime2Choice ConfdAmt:ActiveCurrencyAndAmount
  TrckrRcrd+:TrackerRecord5
TrackerRecord1 { Agt:BranchAndFinancialInstitutionIdentification6 ChrgBr?:ChargeBearerType1Code
  ChrgsAmt?:ActiveCurrencyAndAmount XchgRateData?:CurrencyExchange13
TrackerRecord5 { Agt:BranchAndFinancialInstitutionIdentification8 ChrgBr?:ChargeBearerType1Code
  ChrgsAmt?:ActiveCurrencyAndAmount XchgRateData?:CurrencyExchange13
TransactionAgents2 { DbtrAgt?:BranchAndFinancialInstitutionIdentification4
  CdtrAgt?:BranchAndFinancialInstitutionIdentification4
  IntrmyAgt1?:BranchAndFinancialInstitutionIdentification4
  IntrmyAgt2?:BranchAndFinancialInstitutionIdentification4
  IntrmyAgt3?:BranchAndFinancialInstitutionIdentification4
  RcvgAgt?:BranchAndFinancialInstitutionIdentification4
  DlvrgAgt?:BranchAndFinancialInstitutionIdentification4
  IssgAgt?:BranchAndFinancialInstitutionIdentification4
  SttlmPlc?:BranchAndFinancialInstitutionIdentification4 Prtry*:ProprietaryAgent2
TransactionAgents3 { DbtrAgt?:BranchAndFinancialInstitutionIdentification5
  CdtrAgt?:BranchAndFinancialInstitutionIdentification5
  IntrmyAgt1?:BranchAndFinancialInstitutionIdentification5
  IntrmyAgt2?:BranchAndFinancialInstitutionIdentification5
  IntrmyAgt3?:BranchAndFinancialInstitutionIdentification5
  RcvgAgt?:BranchAndFinancialInstitutionIdentification5
  DlvrgAgt?:BranchAndFinancialInstitutionIdentification5
  IssgAgt?:BranchAndFinancialInstitutionIdentification5
  SttlmPlc?:BranchAndFinancialInstitutionIdentification5 Prtry*:ProprietaryAgent3
TransactionAgents5 { InstgAgt?:BranchAndFinancialInstitutionIdentification6
  InstdAgt?:BranchAndFinancialInstitutionIdentification6
  DbtrAgt?:BranchAndFinancialInstitutionIdentification6
  CdtrAgt?:BranchAndFinancialInstitutionIdentification6
  IntrmyAgt1?:BranchAndFinancialInstitutionIdentification6
  IntrmyAgt2?:BranchAndFinancialInstitutionIdentification6
  IntrmyAgt3?:BranchAndFinancialInstitutionIdentification6
  RcvgAgt?:BranchAndFinancialInstitutionIdentification6
  DlvrgAgt?:BranchAndFinancialInstitutionIdentification6
  IssgAgt?:BranchAndFinancialInstitutionIdentification6
  SttlmPlc?:BranchAndFinancialInstitutionIdentification6 Prtry*:ProprietaryAgent4
TransactionAgents6 { InstgAgt?:BranchAndFinancialInstitutionIdentification8
  InstdAgt?:BranchAndFinancialInstitutionIdentification8
  DbtrAgt?:BranchAndFinancialInstitutionIdentification8
  CdtrAgt?:BranchAndFinancialInstitutionIdentification8
  IntrmyAgt1?:BranchAndFinancialInstitutionIdentification8
  IntrmyAgt2?:BranchAndFinancialInstitutionIdentification8
  IntrmyAgt3?:BranchAndFinancialInstitutionIdentification8
  RcvgAgt?:BranchAndFinancialInstitutionIdentification8
  DlvrgAgt?:BranchAndFinancialInstitutionIdentification8
  IssgAgt?:BranchAndFinancialInstitutionIdentification8
  SttlmPlc?:BranchAndFinancialInstitutionIdentification8 Prtry*:ProprietaryAgent5
TransactionChannel1Code = MAIL TLPH ECOM TVPY
TransactionDates2 { AccptncDtTm?:ISODateTime TradActvtyCtrctlSttlmDt?:ISODate TradDt?:ISODate
  IntrBkSttlmDt?:ISODate StartDt?:ISODate EndDt?:ISODate TxDtTm?:ISODateTime
  Prtry*:ProprietaryDate2
TransactionDates3 { AccptncDtTm?:ISODateTime TradActvtyCtrctlSttlmDt?:ISODate TradDt?:ISODate
  IntrBkSttlmDt?:ISODate StartDt?:ISODate EndDt?:ISODate TxDtTm?:ISODateTime
  Prtry*:ProprietaryDate3
TransactionEnvironment1Code = MERC PRIV PUBL
TransactionGroupStatusCodeSEPA = RJCT
TransactionIdentifier1 { TxDtTm:ISODateTime TxRef:Max35Text
TransactionIndividualStatusCodeSEPA = RJCT
TransactionInterest2 { Amt:ActiveOrHistoricCurrencyAndAmount CdtDbtInd:CreditDebitCode
  Tp?:InterestType1Choice Rate*:Rate3 FrToDt?:DateTimePeriodDetails Rsn?:Max35Text
TransactionInterest3 { TtlIntrstAndTaxAmt?:ActiveOrHistoricCurrencyAndAmount
  Rcrd*:InterestRecord1
TransactionInterest4 { TtlIntrstAndTaxAmt?:ActiveOrHistoricCurrencyAndAmount
  Rcrd*:InterestRecord2
TransactionParties12 { InitgPty?:Party50Choice Dbtr?:Party50Choice DbtrAcct?:CashAccount40
  UltmtDbtr?:Party50Choice Cdtr?:Party50Choice CdtrAcct?:CashAccount40 UltmtCdtr?:Party50Choice
  TradgPty?:Party50Choice Prtry*:ProprietaryParty6
TransactionParties3 { InitgPty?:PartyIdentification43 Dbtr?:PartyIdentification43
  DbtrAcct?:CashAccount24 UltmtDbtr?:PartyIdentification43 Cdtr?:PartyIdentification43
  CdtrAcct?:CashAccount24 UltmtCdtr?:PartyIdentification43 TradgPty?:PartyIdentification43
  Prtry*:ProprietaryParty3
TransactionParties6 { InitgPty?:Party40Choice Dbtr?:Party40Choice DbtrAcct?:CashAccount38
  UltmtDbtr?:Party40Choice Cdtr?:Party40Choice CdtrAcct?:CashAccount38 UltmtCdtr?:Party40Choice
  TradgPty?:Party40Choice Prtry*:ProprietaryParty5
TransactionParty2 { InitgPty?:PartyIdentification32 Dbtr?:PartyIdentification32
  DbtrAcct?:CashAccount16 UltmtDbtr?:PartyIdentification32 Cdtr?:PartyIdentification32
  CdtrAcct?:CashAccount16 UltmtCdtr?:PartyIdentification32 TradgPty?:PartyIdentification32
  Prtry*:ProprietaryParty2
TransactionPrice2Choice | DealPric:ActiveOrHistoricCurrencyAndAmount Prtry+:ProprietaryPrice2
TransactionPrice3Choice | DealPric:Price2 Prtry+:ProprietaryPrice2
TransactionPrice4Choice | DealPric:Price7 Prtry+:ProprietaryPrice2
TransactionQuantities1Choice | Qty:FinancialInstrumentQuantityChoice Prtry:ProprietaryQuantity1
TransactionQuantities2Choice | Qty:FinancialInstrumentQuantityChoice
  OrgnlAndCurFaceAmt:OriginalAndCurrentQuantities1 Prtry:ProprietaryQuantity1
TransactionQuantities3Choice | Qty:FinancialInstrumentQuantity1Choice
  OrgnlAndCurFaceAmt:OriginalAndCurrentQuantities1 Prtry:ProprietaryQuantity1
TransactionReferences2 { MsgId?:Max35Text AcctSvcrRef?:Max35Text PmtInfId?:Max35Text
  InstrId?:Max35Text EndToEndId?:Max35Text TxId?:Max35Text MndtId?:Max35Text ChqNb?:Max35Text
  ClrSysRef?:Max35Text Prtry?:ProprietaryReference1
TransactionReferences3 { MsgId?:Max35Text AcctSvcrRef?:Max35Text PmtInfId?:Max35Text
  InstrId?:Max35Text EndToEndId?:Max35Text TxId?:Max35Text MndtId?:Max35Text ChqNb?:Max35Text
  ClrSysRef?:Max35Text AcctOwnrTxId?:Max35Text AcctSvcrTxId?:Max35Text
  MktInfrstrctrTxId?:Max35Text PrcgId?:Max35Text Prtry*:ProprietaryReference1
TransactionReferences6 { MsgId?:Max35Text AcctSvcrRef?:Max35Text PmtInfId?:Max35Text
  InstrId?:Max35Text EndToEndId?:Max35Text UETR?:UUIDv4Identifier TxId?:Max35Text
  MndtId?:Max35Text ChqNb?:Max35Text ClrSysRef?:Max35Text AcctOwnrTxId?:Max35Text
  AcctSvcrTxId?:Max35Text MktInfrstrctrTxId?:Max35Text PrcgId?:Max35Text
  Prtry*:ProprietaryReference1
TrueFalseIndicator = true false 1 0
UUIDv4Identifier ~ [a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}
UnitOfMeasure1Code = PIEC TONS FOOT GBGA USGA GRAM INCH KILO PUND METR CMET MMET LITR CELI MILI
  GBOU USOU GBQA USQA GBPI USPI MILE KMET YARD SQKI HECT ARES SMET SCMT SMIL SQMI SQYA SQFO SQIN
  ACRE
UserInterface2Code = MDSP CDSP
YesNoIndicator = true false 1 0
YieldedOrValueType1Choice | Yldd:YesNoIndicator ValTp:PriceValueType1Code
camt.052.001.02 > BankToCustomerAccountReportV02
camt.052.001.08 > BankToCustomerAccountReportV08
camt.053.001.02 > BankToCustomerStatementV02
camt.053.001.03 > BankToCustomerStatementV03
camt.053.001.04 > BankToCustomerStatementV04
camt.053.001.08 > BankToCustomerStatementV08
camt.053.001.12 > BankToCustomerStatementV12
camt.054.001.02 > BankToCustomerDebitCreditNotificationV02
camt.054.001.04 > BankToCustomerDebitCreditNotificationV04
camt.054.001.08 > BankToCustomerDebitCreditNotificationV08
camt.054.001.12 > BankToCustomerDebitCreditNotificationV12
pain.002.001.10 > CustomerPaymentStatusReportV10
pain.002.001.11 > CustomerPaymentStatusReportV11
pain.002.001.12 > CustomerPaymentStatusReportV12
pain.002.001.14 > CustomerPaymentStatusReportV14
pain.002.003.03 > CustomerPaymentStatusReportV03
)";

}  // namespace

std::string_view schema_text() { return kTypes; }

}  // namespace formats::bank::iso20022
