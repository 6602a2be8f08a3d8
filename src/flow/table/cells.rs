//! The table itself.
//!
//! Answers belong to the call that the state waits for; in a state that waits for none they are answers nobody waits for.

use super::Cell::{self, Ignores, Moves, Stays};
use super::Effect::{Call, Consent, EndSession, Forget, Lock, Store, Unlock, Wait};
use super::EventKind::{self, *};
use crate::endpoint::CallKind::{
    Brands, CreateProposal, CreateVehicle, GiveConsent, InformationForm, ListMine, ListVehicles, LookUpVehicle, Me, Models, OfferDocument,
    OpenCases, PolicyDocument, ReadConsents, ReadCoverage, ReadPolicy, ReadProposal, SendPolicy as SendPolicyTo, SendProductDocument,
    SignIn, StartPurchase, UpdateCustomer, VerifyCode,
};
use crate::flow::StateKind::{self, *};

/// Signing out where no payment is open: the record goes too.
const LEAVES: Cell = Moves(SignedOut, &[Forget, EndSession]);
/// The same where other tabs were kept from something.
const LEAVES_UNLOCKED: Cell = Moves(SignedOut, &[Forget, EndSession, Unlock]);
/// Signing out while a payment is open: the record stays.
const LEAVES_RECORD: Cell = Moves(SignedOut, &[EndSession]);

/// What happens. A missing cell does not compile.
#[deny(clippy::wildcard_enum_match_arm, unreachable_patterns)]
#[expect(clippy::too_many_lines, reason = "it is one table")]
pub(super) fn expected(state: StateKind, event: EventKind) -> Cell {
    match state {
        Waiting => match event {
            // With a record: no other tab may buy the same meanwhile.
            Started => Moves(Identify, &[Lock]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | SignOut | TimedOut | Shown | SignedIn
            | TimerFired | Good | Refused | Unclear | SessionEnded | SubmitProfile | SkipProfile | SendOffer | SendPolicy
            | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Identify => match event {
            SubmitIdentity => Moves(SendingCode, &[Call(SignIn)]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup | TypeByHand
            | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting | Pay
            | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | SignOut | TimedOut | Shown | SignedIn | TimerFired
            | Good | Refused | Unclear | SessionEnded | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late
            | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        SendingCode => match event {
            Good => Moves(Code, &[]),
            Refused | Unclear | SessionEnded => Moves(Identify, &[]),
            // Tokens without a code are dropped (T-14).
            SignedIn => Moves(Identify, &[EndSession]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | SignOut | TimedOut | Shown | TimerFired
            | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal
            | ShowPolicyDocument => Ignores,
        },
        Code => match event {
            SubmitCode => Moves(Verifying, &[Call(VerifyCode)]),
            ResendCode => Moves(Resending, &[Call(SignIn)]),
            ChangeNumber | Back => Moves(Identify, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup | TypeByHand | ConfirmVehicle | ChooseModels
            | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting | Pay | PageOpened | Returned | CheckNow
            | GaveUp | PayAgain | Retry | SignOut | TimedOut | Shown | SignedIn | TimerFired | Good | Refused | Unclear | SessionEnded
            | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal
            | ShowPolicyDocument => Ignores,
        },
        Resending => match event {
            Good | Refused | Unclear => Moves(Code, &[]),
            SessionEnded => Moves(Identify, &[]),
            SignedIn => Moves(Identify, &[EndSession]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | SignOut | TimedOut | Shown | TimerFired
            | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal
            | ShowPolicyDocument => Ignores,
        },
        Verifying => match event {
            SignedIn => Moves(Opening, &[Call(Me)]),
            Refused | Unclear => Moves(Code, &[]),
            SessionEnded => Moves(Identify, &[]),
            Hidden => Stays(&[]),
            // The tokens of a good answer stay with the session: the flow only hears `SignedIn`.
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Good
            | Started | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle
            | SubmitLookup | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer
            | KeepWaiting | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | SignOut | TimedOut | Shown
            | TimerFired | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal
            | ShowPolicyDocument => Ignores,
        },
        Opening => match event {
            Good => Stays(&[Lock, Call(ReadConsents), Call(ListVehicles), Wait, Call(OpenCases)]),
            Refused | Unclear | TimerFired | Hidden => Stays(&[]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES_UNLOCKED,
            TimedOut => Moves(Code, &[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Consents => match event {
            SubmitConsents => Moves(SavingConsents, &[Call(GiveConsent)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | ChooseVehicle | AddVehicle | SubmitLookup | TypeByHand
            | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting | Pay
            | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | TimerFired | Good | Refused
            | Unclear | SessionEnded | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine
            | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        SavingConsents => match event {
            // None is required here: one that can't be recorded does not hold the sale up.
            Good => Moves(Vehicles, &[Consent]),
            Refused | Unclear => Moves(Vehicles, &[]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | TimerFired | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Profile => match event {
            SubmitProfile => Moves(SavingProfile, &[Call(UpdateCustomer)]),
            SkipProfile => Moves(Vehicles, &[]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | WithoutPlate | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer
            | KeepWaiting | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | SendOffer | SendPolicy | Back | Retry | Shown
            | SignedIn | TimerFired | Good | Refused | Unclear | SessionEnded | Late | ShowMine | ResumeProposal | ShowPolicyDocument => {
                Ignores
            }
        },
        SavingProfile => match event {
            // It never holds the sale up.
            Good | Refused | Unclear => Moves(Vehicles, &[]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | SubmitProfile | SkipProfile | ChooseVehicle
            | AddVehicle | SubmitLookup | TypeByHand | WithoutPlate | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan
            | ChooseInstalments | PickOffer | KeepWaiting | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | SendOffer
            | SendPolicy | Back | Retry | Shown | SignedIn | TimerFired | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Vehicles => match event {
            ShowMine => Moves(Mine, &[Call(ListMine)]),
            ChooseVehicle => Moves(Requesting, &[Call(CreateProposal)]),
            AddVehicle => Moves(Lookup, &[]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | SubmitLookup | TypeByHand | ConfirmVehicle
            | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting | Pay | PageOpened | Returned
            | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | TimerFired | Good | Refused | Unclear | SessionEnded
            | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Lookup => match event {
            ShowMine => Moves(Mine, &[Call(ListMine)]),
            SubmitLookup => Moves(LookingUp, &[Call(LookUpVehicle)]),
            TypeByHand | WithoutPlate => Moves(ByHand, &[Call(Brands)]),
            Back => Moves(Vehicles, &[]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | ConfirmVehicle
            | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting | Pay | PageOpened | Returned
            | CheckNow | GaveUp | PayAgain | Retry | Shown | SignedIn | TimerFired | Good | Refused | Unclear | SessionEnded
            | SubmitProfile | SkipProfile | SendOffer | SendPolicy | Late | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        LookingUp => match event {
            Good => Moves(Found, &[]),
            Refused | Unclear | Back => Moves(Lookup, &[]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Retry | Shown | SignedIn | TimerFired | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Found => match event {
            ConfirmVehicle => Moves(SavingVehicle, &[Call(CreateVehicle)]),
            TypeByHand => Moves(ByHand, &[Call(Brands), Call(Models)]),
            Back => Moves(Lookup, &[]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting | Pay | PageOpened | Returned
            | CheckNow | GaveUp | PayAgain | Retry | Shown | SignedIn | TimerFired | Good | Refused | Unclear | SessionEnded
            | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal
            | ShowPolicyDocument => Ignores,
        },
        ByHand => match event {
            SubmitVehicle => Moves(SavingVehicle, &[Call(CreateVehicle)]),
            ChooseModels => Stays(&[Call(Models)]),
            Back => Moves(Lookup, &[]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting | Pay | PageOpened | Returned
            | CheckNow | GaveUp | PayAgain | Retry | Shown | SignedIn | TimerFired | Good | Refused | Unclear | SessionEnded
            | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal
            | ShowPolicyDocument => Ignores,
        },
        SavingVehicle => match event {
            Good => Moves(Requesting, &[Call(CreateProposal)]),
            Refused => Moves(Found, &[]),
            // Perhaps it was saved: the list tells, and it is not saved twice.
            Unclear => Moves(Relisting, &[Call(ListVehicles)]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | TimerFired | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Relisting => match event {
            Good => Moves(Requesting, &[Call(CreateProposal)]),
            Refused | Unclear => Moves(Found, &[]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | TimerFired | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Requesting => match event {
            Good => Moves(Offers, &[Call(ReadProposal)]),
            Refused | Unclear => Moves(RequestFailed, &[]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | TimerFired | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        RequestFailed => match event {
            Retry => Moves(Requesting, &[Call(CreateProposal)]),
            Back => Moves(Vehicles, &[]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Shown | SignedIn | TimerFired | Good | Refused | Unclear
            | SessionEnded | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal
            | ShowPolicyDocument => Ignores,
        },
        Offers => match event {
            // A read that failed is made again later, like one that found nothing new.
            Good | Refused | Unclear => Stays(&[Wait]),
            TimerFired | KeepWaiting | Retry => Stays(&[Call(ReadProposal)]),
            ChoosePlan | MarkOffer | Arrange | Hidden => Stays(&[]),
            // Nobody failed here, and one offer alone is no comparison: `details` has the others.
            RetryOffers => Stays(&[Call(ReadProposal)]),
            ShowDocument => Stays(&[Call(OfferDocument)]),
            ShowCoverages => Moves(Detail, &[Call(ReadCoverage), Call(OfferDocument)]),
            PickOffer => Moves(Review, &[Call(OfferDocument), Call(InformationForm)]),
            Back => Moves(Vehicles, &[]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            RetryOffer | CompareOffers | RequestCall | Started | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber
            | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle
            | ChooseInstalments | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Shown | SignedIn | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Detail => match event {
            // Offers go on coming in.
            Good | Refused | Unclear => Stays(&[Wait]),
            TimerFired => Stays(&[Call(ReadProposal)]),
            PickOffer => Moves(Review, &[Call(OfferDocument), Call(InformationForm)]),
            Back => Moves(Offers, &[]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | SubmitProfile | SkipProfile | ChooseVehicle
            | AddVehicle | SubmitLookup | TypeByHand | WithoutPlate | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan
            | ChooseInstalments | KeepWaiting | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | SendOffer | SendPolicy
            | Retry | Shown | SignedIn | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Review => match event {
            SendOffer => Stays(&[Call(SendProductDocument), Call(SendProductDocument)]),
            Pay => Moves(Confirming, &[Lock, Call(ReadProposal)]),
            Good | Refused | Unclear | ChooseInstalments | Hidden => Stays(&[]),
            Retry => Stays(&[Call(OfferDocument), Call(InformationForm)]),
            Back => Moves(Offers, &[Call(ReadProposal)]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | PickOffer | KeepWaiting | PageOpened | Returned
            | CheckNow | GaveUp | PayAgain | Shown | SignedIn | TimerFired | SubmitProfile | SkipProfile | SendPolicy | WithoutPlate
            | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Confirming => match event {
            // The one way to a purchase: pressed, and the same price read again.
            Good => Moves(Sending, &[Store, Call(StartPurchase)]),
            Refused | Unclear => Moves(Review, &[Unlock]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn), Unlock]),
            SignOut => LEAVES_UNLOCKED,
            TimedOut => Moves(Code, &[Unlock]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | TimerFired | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        PriceChanged => match event {
            Pay => Moves(Confirming, &[Lock, Call(ReadProposal)]),
            Good | Refused | Unclear | Hidden => Stays(&[]),
            Back => Moves(Offers, &[Call(ReadProposal)]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Retry | Shown | SignedIn | TimerFired | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Sending => match event {
            Good => Moves(PageReady, &[]),
            // Refused or unclear, the way on is a look at the result, never another purchase.
            Refused | Unclear => Moves(Checking, &[Call(ReadProposal)]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES_RECORD,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | TimerFired | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        PageReady => match event {
            // Whatever the customer says, only a look at the result follows.
            PageOpened | Returned | CheckNow | GaveUp => Moves(Checking, &[Call(ReadProposal)]),
            SignOut => LEAVES_RECORD,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PayAgain | Back | Retry | Shown | SignedIn | TimerFired | Good | Refused | Unclear | SessionEnded | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Checking => match event {
            // "Being bought", a refusal and silence all say: not known yet.
            Good | Refused | Unclear => Stays(&[Wait]),
            TimerFired | Shown | CheckNow | Returned => Stays(&[Call(ReadProposal)]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            SignOut => LEAVES_RECORD,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | GaveUp | PayAgain | Back | Retry | SignedIn | SubmitProfile | SkipProfile | SendOffer | SendPolicy
            | WithoutPlate | Late | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        Unsettled => match event {
            CheckNow | Returned | Shown | GaveUp => Moves(Checking, &[Call(ReadProposal)]),
            SignOut => LEAVES_RECORD,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | PayAgain | Back | Retry | SignedIn | TimerFired | Good | Refused | Unclear | SessionEnded
            | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal
            | ShowPolicyDocument => Ignores,
        },
        NotTaken => match event {
            PayAgain => Moves(Review, &[Call(OfferDocument), Call(InformationForm)]),
            Back => Moves(Offers, &[Call(ReadProposal)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | Retry | Shown | SignedIn | TimerFired | Good | Refused | Unclear
            | SessionEnded | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine | ResumeProposal
            | ShowPolicyDocument => Ignores,
        },
        Issued => match event {
            ShowMine => Moves(Mine, &[Call(ListMine)]),
            SendPolicy => Stays(&[Call(SendPolicyTo)]),
            Good | Refused | Unclear | SessionEnded | Hidden => Stays(&[]),
            TimerFired => Stays(&[Call(ReadPolicy), Call(PolicyDocument)]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | Retry | Shown | SignedIn | SubmitProfile
            | SkipProfile | SendOffer | WithoutPlate | Late | ResumeProposal | ShowPolicyDocument => Ignores,
        },
        // Read, with one offer and one policy in it, above the choice of a vehicle.
        Mine => match event {
            Good | Refused | Unclear | Hidden => Stays(&[]),
            SessionEnded => Moves(SendingCode, &[Call(SignIn)]),
            ResumeProposal => Stays(&[Call(ReadProposal)]),
            ShowPolicyDocument => Stays(&[Call(PolicyDocument)]),
            Back => Moves(Vehicles, &[]),
            SignOut => LEAVES,
            TimedOut => Moves(Code, &[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Retry | Shown | SignedIn | TimerFired | SubmitProfile
            | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late | ShowMine => Ignores,
        },
        SignedOut => match event {
            Retry => Moves(Identify, &[]),
            Hidden => Stays(&[]),
            RetryOffer | RetryOffers | ShowCoverages | ShowDocument | MarkOffer | CompareOffers | Arrange | RequestCall | Started
            | SubmitIdentity | SubmitCode | ResendCode | ChangeNumber | SubmitConsents | ChooseVehicle | AddVehicle | SubmitLookup
            | TypeByHand | ConfirmVehicle | ChooseModels | SubmitVehicle | ChoosePlan | ChooseInstalments | PickOffer | KeepWaiting
            | Pay | PageOpened | Returned | CheckNow | GaveUp | PayAgain | Back | SignOut | TimedOut | Shown | SignedIn | TimerFired
            | Good | Refused | Unclear | SessionEnded | SubmitProfile | SkipProfile | SendOffer | SendPolicy | WithoutPlate | Late
            | ShowMine | ResumeProposal | ShowPolicyDocument => Ignores,
        },
    }
}
